/** Resetting a forgotten password on the hosted pages. */
import { isLive, logIn, manage, signUp, type TestApp } from "../support/app";
import { confirmByTyping } from "../support/dashboard";
import { expect, lastMailTo, test, type Visitor } from "../support/fixtures";
import {
  formTo,
  isSignedIn,
  openPasswordReset,
  postTwentyTimes,
  requestPasswordReset,
  signInAt,
  signUpAt,
  tokenOf,
} from "../support/hosted";
import { EXPIRED, expireLinks, INVALID, openRejectedLink, USED } from "../support/links";
import { NEW_PASSWORD, newEmail, PASSWORD } from "../support/people";

for (const javaScriptEnabled of [true, false])
  test(`a new password replaces the old one and signs the user out everywhere, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    openBrowser,
    app,
  }) => {
    const [laptop, { page }] = [await openBrowser({ javaScriptEnabled }), await openBrowser({ javaScriptEnabled })];
    const email = await signUpAt(laptop.page, app);
    const { token } = await (await logIn(app, email)).json();
    await openPasswordReset(page, app);
    await requestPasswordReset(page, email);
    const { link } = await lastMailTo(email);

    await page.goto(link);
    const form = formTo(page, "reset");
    await form.getByLabel("New password").fill("password1");
    await form.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText(/most common passwords/)).toBeVisible();
    await form.getByLabel("New password").fill(NEW_PASSWORD);
    await form.getByRole("button", { name: "Change password" }).click();
    // The user returns to the sign-in that the reset interrupted.
    await expect(page.getByRole("status").getByText("Your password was changed")).toBeVisible();
    await signInAt(page, app, email, PASSWORD);
    await expect(page.getByRole("alert").getByText("The email address or the password is wrong.")).toBeVisible();
    await signInAt(page, app, email, NEW_PASSWORD);
    await page.waitForURL("**/account");

    expect(await isSignedIn(laptop.page, app)).toBe(false);
    expect(await isLive(app, token)).toBe(false);
    expect((await lastMailTo(email)).subject).toContain("was changed");
    await openRejectedLink(page, link, 400, USED);
    await page.getByRole("link", { name: "Request a new link" }).click();
    await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  });

test.describe("the reset link", () => {
  /** A user who has requested the link. */
  async function requestLink({ page }: Visitor, app: TestApp) {
    const email = newEmail();
    expect((await signUp(app, email)).status).toBe(201);
    await openPasswordReset(page, app);
    await requestPasswordReset(page, email);
    return { page, email, link: (await lastMailTo(email)).link };
  }

  test("is rejected when it is incomplete, of another app, of another page or expired", async ({
    openBrowser,
    app,
    createApp,
    server,
  }) => {
    const { page, email, link } = await requestLink(await openBrowser({ javaScriptEnabled: false }), app);
    await openRejectedLink(page, link.slice(0, -3), 400, INVALID);
    await openRejectedLink(page, link.replace(/token=.*/, "token="), 400, INVALID);
    await openRejectedLink(page, link.replace(app.id, (await createApp()).id), 400, INVALID);
    await openRejectedLink(page, link.replace("/reset?", "/verify?"), 400, INVALID);
    await openRejectedLink(page, link.replace("/reset?", "/change-email?"), 400, INVALID);
    // None of that has used it up.
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
    await expireLinks(server, email);
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText(EXPIRED)).toBeVisible();
    await openRejectedLink(page, link, 400, EXPIRED);
    expect((await logIn(app, email)).status).toBe(200);
  });

  test("sets the password once when its form is posted twenty times at once", async ({ openBrowser, app }) => {
    const { page, email, link } = await requestLink(await openBrowser({ javaScriptEnabled: false }), app);
    const fields = { token: tokenOf(link), password: NEW_PASSWORD };
    const statuses = await postTwentyTimes(`${app.issuer}/reset/submit`, fields);
    expect(statuses).toEqual([303, ...Array(19).fill(400)]);
    await signInAt(page, app, email, NEW_PASSWORD);
    await page.waitForURL("**/account");
  });

  test("is rejected while the user is disabled", async ({ openBrowser, app }) => {
    const { page, email, link } = await requestLink(await openBrowser({ javaScriptEnabled: false }), app);
    const { data } = await manage(app, "GET", `/users?q=${encodeURIComponent(email)}`);
    await manage(app, "PATCH", `/users/${data[0].id}`, { disabled: true });
    await openRejectedLink(page, link, 403, "This account is disabled");
    await manage(app, "PATCH", `/users/${data[0].id}`, { disabled: false });
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  });

  test("is rejected after its app was deleted, even if its page was open", async ({ openBrowser, developer }) => {
    const app = await developer.createApp("Short Story");
    const { page, link } = await requestLink(await openBrowser({ javaScriptEnabled: false }), app);
    await page.goto(link);
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await developer.page.goto(`/dashboard/apps/${app.id}/settings`);
    await developer.page.getByRole("button", { name: "Delete app" }).click();
    await confirmByTyping(developer.page, "Short Story", "Delete app");
    await developer.page.waitForURL("**/dashboard");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeVisible();
    await openRejectedLink(page, link, 404, "Something went wrong");
  });
});
