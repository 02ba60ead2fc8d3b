/** Verifying an email address on the hosted pages. */
import { logIn, manage } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { isSignedIn, signInAt, signUpAt, submitSignUp } from "../support/hosted";
import { INVALID, openRejectedLink, USED } from "../support/links";
import { newEmail } from "../support/people";

for (const javaScriptEnabled of [true, false])
  test(`the link verifies once, and opening it uses nothing up, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    openBrowser,
    app,
  }) => {
    const { page } = await openBrowser({ javaScriptEnabled });
    const email = await signUpAt(page, app);
    const first = await lastMailTo(email);
    expect(first.subject).toContain("Verify your email address");
    await expect(page.getByText("Your email address isn’t verified yet")).toBeVisible();
    await page.getByRole("button", { name: "Resend email" }).click();
    await expect(page.getByRole("status").getByText("We’ve sent you a link.")).toBeVisible();
    const second = await lastMailTo(email);
    expect(second.link).not.toBe(first.link);

    await page.goto(second.link);
    await page.goto(second.link);
    await expect(page.getByText(email)).toBeVisible();
    await page.getByRole("button", { name: "Yes, verify my email address" }).click();
    await expect(page.getByRole("heading", { name: "Your email address is verified" })).toBeVisible();
    await page.getByRole("link", { name: "Go to your account" }).click();
    await page.waitForURL("**/account");
    await expect(page.getByText("isn’t verified yet")).toHaveCount(0);
    await openRejectedLink(page, second.link, 400, USED);
    // Its button "No, it wasn’t me" must not close an account that is verified by now.
    await openRejectedLink(page, first.link, 400, INVALID);
  });

test("“No, it wasn’t me” closes an account that another person created, and frees the email address", async ({
  openBrowser,
  app,
}) => {
  const options = { javaScriptEnabled: false };
  const [mallory, bob] = [await openBrowser(options), await openBrowser(options)];
  const email = await signUpAt(mallory.page, app);
  await bob.page.goto((await lastMailTo(email)).link);
  await bob.page.getByRole("button", { name: "No, it wasn’t me" }).click();
  await expect(bob.page.getByRole("heading", { name: "Thanks for letting us know" })).toBeVisible();
  expect(await isSignedIn(mallory.page, app)).toBe(false);
  expect((await logIn(app, email)).status).toBe(401);
  await signUpAt(bob.page, app, email);
});

test("an app that requires verified email addresses waits for the link before the first sign-in", async ({
  openBrowser,
  app,
}) => {
  await manage(app, "PATCH", "", { settings: { require_verified_email: true } });
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail();
  await submitSignUp(page, app, email);
  await expect(page.getByRole("heading", { name: "Verify your email address" })).toBeVisible();
  await page.getByRole("button", { name: "Resend email" }).click();
  await expect(page.getByRole("status").getByText("We’ve sent you the email again.")).toBeVisible();
  await page.goto((await lastMailTo(email)).link);
  await page.getByRole("button", { name: "Yes, verify my email address" }).click();
  await expect(
    page.getByRole("status").getByText("Your email address is verified. Sign in to continue."),
  ).toBeVisible();
  await signInAt(page, app, email);
  await page.waitForURL("**/account");
});
