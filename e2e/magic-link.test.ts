/** E. Magic link: Bob gets a mail, clicks, is in. Against the production server, in Chromium, without JavaScript where people may have none. */
import { createRemoteJWKSet, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../test/support/dashboard";
import { type Server, startServer } from "../test/support/server";
import { createTenant, foyer, newEmail, type Tenant } from "../test/support/tenant";

const RETURN_URL = "https://blog.example.com/signed-in";

let server: Server;
let tenant: Tenant;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
  tenant = await createTenant(server.environment);
  await foyer(server.environment, "apps", "update", "--app", tenant.app_id, "--return-url", RETURN_URL);
});

async function mailTo(email: string): Promise<{ link: string; code: string; text: string }> {
  const { links, code, text } = await foyer(server.environment, "mail", "last", "--to", email);
  return { link: links[0], code, text };
}

async function ask(email: string, more: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${server.url}/api/auth/magic-link/${tenant.app_id}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${tenant.api_key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ email, ...more }),
  });
  expect(answer.status).toBe(202);
}

describe("a link that the App's backend asked for", () => {
  it("leads through one button to the return URL, with a JWT that verifies against the App's JWKS", async () => {
    const email = newEmail();
    await ask(email, { redirect_uri: RETURN_URL, state: "xyz" });
    const { link } = await mailTo(email);
    const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
    const arrived = new Promise<URL>((resolve) => {
      void page.route(`${RETURN_URL}**`, (route, request) => {
        resolve(new URL(request.url()));
        return route.fulfill({ body: "hello" });
      });
    });
    await page.goto(link);
    await page.getByText(email).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Sign in" }).click();
    const to = await arrived;
    expect(to.searchParams.get("state")).toBe("xyz");
    const keys = createRemoteJWKSet(new URL(`${tenant.issuer}/jwks`));
    const { payload } = await jwtVerify(to.searchParams.get("token") ?? "", keys, {
      issuer: tenant.issuer,
      audience: tenant.app_id,
      typ: "at+jwt",
    });
    expect(payload.sub).toMatch(/^usr_/);
    await page.goto(link);
    await page.getByText("was used before").waitFor();
    await leave();
  });
});

describe("a link from the hosted sign-in page", () => {
  it("signs in without JavaScript, and the page of one's account shows it", async () => {
    const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
    const email = newEmail();
    await page.goto(`/o/${tenant.app_id}/account/start`);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Mail me a link instead" }).click();
    await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
    await page.goto((await mailTo(email)).link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/account");
    expect(await page.locator("main").innerText()).toContain(email);
    await leave();
  });

  it("signs in by the code of the mail where it was asked for", async () => {
    const { page, leave } = await openBrowser(server);
    const email = newEmail();
    await page.goto(`/o/${tenant.app_id}/account/start`);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Mail me a link instead" }).click();
    await page.getByLabel("Code").fill("123");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("The code is wrong").waitFor();
    await page.getByLabel("Code").fill((await mailTo(email)).code);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/account");
    await leave();
  });
});
