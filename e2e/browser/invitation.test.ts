/** Invitations to an app that accepts invited users only. */
import { backend, logIn, manage, type TestApp } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { postTwentyTimes, requestMagicLink, tokenOf } from "../support/hosted";
import { EXPIRED, expireLinks, INVALID, openRejectedLink, USED } from "../support/links";
import { newEmail, PASSWORD } from "../support/people";

test.beforeEach(({ app }) => manage(app, "PATCH", "", { settings: { signups: "invite_only" } }));

/** Invites a user. → the link in the email */
async function invite(app: TestApp, email: string): Promise<string> {
  await manage(app, "POST", "/invitations", { email });
  return (await lastMailTo(email)).link;
}

for (const javaScriptEnabled of [true, false])
  test(`an invitation creates the account, and sign-up is closed without one, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    openBrowser,
    app,
  }) => {
    const { page } = await openBrowser({ javaScriptEnabled });
    await page.goto(`/o/${app.id}/account/start`);
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "Create an account" })).toHaveCount(0);
    await page.goto(page.url().replace("/signin?", "/signup?"));
    await expect(page.getByText("You need an invitation to sign up.")).toBeVisible();

    const email = newEmail();
    const link = await invite(app, email);
    await page.goto(link);
    await expect(page.getByText(email)).toBeVisible();
    const accept = async (password: string) => {
      await page.getByLabel("Name").fill("Bob Builder");
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Accept invitation" }).click();
    };
    await accept("password1");
    await expect(page.getByText(/most common passwords/)).toBeVisible();
    await accept(PASSWORD);
    await page.waitForURL("**/account");
    await expect(page.locator("main")).toContainText(email);
    await expect(page.getByText("isn’t verified yet")).toHaveCount(0);
    await openRejectedLink(page, link, 400, USED);
    expect((await logIn(app, email)).status).toBe(200);
  });

test("an invitation is accepted without a password; the next sign-in is by magic link", async ({
  openBrowser,
  app,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail();
  await page.goto(await invite(app, email));
  await page.getByRole("button", { name: "Continue without a password" }).click();
  await page.waitForURL("**/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await requestMagicLink(page, email);
  await page.goto((await lastMailTo(email)).link);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
});

test("a link that is replaced, incomplete, of another app, expired or revoked is rejected", async ({
  openBrowser,
  app,
  createApp,
  server,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail();
  const [first, second] = [await invite(app, email), await invite(app, email)];
  await openRejectedLink(page, first, 400, INVALID);
  await openRejectedLink(page, second.slice(0, -3), 400, INVALID);
  await openRejectedLink(page, second.replace(app.id, (await createApp()).id), 400, INVALID);
  await expireLinks(server, email);
  await openRejectedLink(page, second, 400, EXPIRED);
  const third = await invite(app, email);
  const { data } = await manage(app, "GET", "/invitations");
  const path = `/api/v1/apps/${app.id}/invitations/${data[0].id}`;
  expect((await backend(app, path, { method: "DELETE" })).status).toBe(204);
  await openRejectedLink(page, third, 400, INVALID);
});

test("twenty posts at once create one user with one session", async ({ app }) => {
  const email = newEmail();
  const token = tokenOf(await invite(app, email));
  const statuses = await postTwentyTimes(`${app.issuer}/invitation/submit`, { token, password: PASSWORD });
  expect(statuses).toEqual([303, ...Array(19).fill(400)]);
  const { data } = await manage(app, "GET", `/users?q=${encodeURIComponent(email)}`);
  expect(data).toHaveLength(1);
  const sessions = await manage(app, "GET", `/users/${data[0].id}/sessions`);
  expect(sessions.data).toHaveLength(1);
});
