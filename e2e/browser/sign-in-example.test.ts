/** The Express program of the guide "Add sign-in to your app", unchanged: sign-up, greeting, sign-out. */
import { join } from "node:path";
import { manage } from "../support/app";
import { expect, test } from "../support/fixtures";
import { fillCredentials } from "../support/hosted";
import { newEmail } from "../support/people";
import { freePort, ROOT, runNode, until } from "../support/server";

test("a user signs up at the hosted pages, is greeted by the site, and signs out", async ({ app, openBrowser }) => {
  const PORT = String(await freePort());
  const origin = `http://localhost:${PORT}`;
  const client = await manage(app, "POST", "/clients", {
    client_name: "My site",
    first_party: true,
    redirect_uris: [`${origin}/callback`],
    post_logout_redirect_uris: [`${origin}/`],
    scopes: ["openid", "profile", "email"],
  });
  const program = runNode([join(ROOT, "examples", "sign-in", "express.mjs")], {
    PATH: process.env.PATH,
    PORT,
    ISSUER: app.issuer,
    CLIENT_ID: client.client_id,
    CLIENT_SECRET: client.client_secret,
  });
  await until("the site listens", () =>
    fetch(origin).then(
      () => true,
      () => false,
    ),
  ).catch((error) => {
    throw new Error(`${error.message}\n${program.output()}`);
  });
  const { page } = await openBrowser();
  const email = newEmail();
  await page.goto(origin);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await fillCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: `Hello, ${email}` })).toBeVisible();

  // An answer that the site didn't ask for starts no session.
  const forged = await fetch(`${origin}/callback?code=fc_forged&state=xyz`, { redirect: "manual" });
  expect(forged.headers.get("set-cookie")).toBeNull();

  await page.getByRole("link", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: /sign in/i })).toBeVisible();
});
