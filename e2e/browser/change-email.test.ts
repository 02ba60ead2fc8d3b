/** Changing the email address on the hosted account page. */
import type { Page } from "playwright/test";
import { logIn, signUp } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { formTo, postTwentyTimes, signUpAt, tokenOf } from "../support/hosted";
import { INVALID, openRejectedLink, USED } from "../support/links";
import { newEmail, PASSWORD } from "../support/people";

/** Submits the form for a new email address. */
async function requestChange(page: Page, email: string, password = PASSWORD): Promise<void> {
  const form = formTo(page, "account/email");
  await form.getByLabel("New email address").fill(email);
  await form.getByLabel("Password", { exact: true }).fill(password);
  await form.getByRole("button", { name: "Change email address" }).click();
}

for (const javaScriptEnabled of [true, false])
  test(`both email addresses are told, and nothing changes before the link is confirmed, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    openBrowser,
    app,
  }) => {
    const { page } = await openBrowser({ javaScriptEnabled });
    const [before, after] = [await signUpAt(page, app), newEmail()];
    await requestChange(page, after, "not the password");
    const form = formTo(page, "account/email");
    await expect(form.getByText("is not your current password")).toBeVisible();
    await requestChange(page, after);
    await expect(page.getByRole("status").getByText("We’ve sent a link to the new email address.")).toBeVisible();

    const warning = await lastMailTo(before);
    expect(warning.subject).toContain("A change of your email address");
    // The old mailbox may be the attacker's, so the new email address is only hinted at.
    expect(warning.text).not.toContain(after);
    expect((await logIn(app, before)).status).toBe(200);
    const { link } = await lastMailTo(after);
    await page.goto(link);
    await expect(page.getByText(after)).toBeVisible();
    await expect(page.locator("main")).not.toContainText(before);
    await page.getByRole("button", { name: "Change email address" }).click();
    await expect(page.getByRole("heading", { name: "Your email address was changed" })).toBeVisible();
    expect((await lastMailTo(before)).subject).toContain("was changed");
    expect((await logIn(app, before)).status).toBe(401);
    expect((await logIn(app, after)).status).toBe(200);
    await page.getByRole("link", { name: "Go to your account" }).click();
    await expect(page.getByRole("main").getByText(after).first()).toBeVisible();
    await openRejectedLink(page, link, 400, USED);
  });

test("a newer request invalidates the link, another app rejects it, and twenty posts at once use it once", async ({
  openBrowser,
  app,
  createApp,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await signUpAt(page, app);
  const request = async () => {
    const email = newEmail();
    await page.goto(`/o/${app.id}/account`);
    await requestChange(page, email);
    await expect(page.getByRole("status")).toBeVisible();
    return { email, link: (await lastMailTo(email)).link };
  };
  const [first, second] = [await request(), await request()];
  await openRejectedLink(page, first.link, 400, INVALID);
  await openRejectedLink(page, second.link.replace(app.id, (await createApp()).id), 400, INVALID);
  const statuses = await postTwentyTimes(`${app.issuer}/change-email/submit`, { token: tokenOf(second.link) });
  expect(statuses).toEqual([303, ...Array(19).fill(400)]);
  expect((await logIn(app, second.email)).status).toBe(200);
});

test("the page does not reveal that the new email address has an account, and its owner is told", async ({
  openBrowser,
  app,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const known = newEmail();
  expect((await signUp(app, known)).status).toBe(201);
  await signUpAt(page, app);
  await requestChange(page, known);
  await expect(page.getByRole("status").getByText("We’ve sent a link to the new email address.")).toBeVisible();
  expect((await lastMailTo(known)).subject).toContain("already");
});
