/** A developer deletes the account: blocked by apps without another owner, confirmed by password, then signed out everywhere. */
import { foyer } from "../support/cli";
import { signInToDashboard } from "../support/dashboard";
import { expect, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";
import { PASSWORD } from "../support/people";

for (const javaScriptEnabled of [true, false])
  test(`deleting the account ${javaScriptEnabled ? "with" : "without"} JavaScript waits for another owner, asks for the password, and ends every session`, async ({
    openDashboard,
    openBrowser,
    server,
  }) => {
    const [alice, bob] = [await openDashboard(), await openDashboard()];
    const app = await alice.createApp();
    const { page } = await openBrowser({ javaScriptEnabled });
    await signInToDashboard(page, alice.email);
    await page.waitForURL("**/dashboard");
    await page.goto("/dashboard/account");
    await page.getByRole("link", { name: "Delete account" }).click();
    await expect(page.getByText("You’re the only owner of")).toBeVisible();
    const password = page.getByLabel("Current password");
    await expect(password).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Team" })).toHaveAttribute("href", `/dashboard/apps/${app.id}/team`);
    await alice.page.goto("/dashboard/account/delete");
    expect(await findViolations(alice.page)).toEqual([]);

    const member = ["--app", app.id, "--email", bob.email, "--role", "owner"];
    await foyer(server.environment, "members", "add", ...member);
    await page.reload();
    await password.fill("not the password");
    await page.getByRole("button", { name: "Delete account" }).click();
    await expect(page.getByText("is not your current password")).toBeVisible();
    await password.fill(PASSWORD);
    await page.getByRole("button", { name: "Delete account" }).click();
    await expect(page.getByRole("status").getByText("Your account was deleted")).toBeVisible();

    for (const browser of [page, alice.page]) {
      await browser.goto("/dashboard");
      await browser.waitForURL("**/login**");
    }
    await signInToDashboard(page, alice.email);
    await expect(page.getByRole("alert").getByText("The email address or the password is wrong.")).toBeVisible();
    // The app is Bob's now, and its events record that Alice left.
    await bob.page.goto(`/dashboard/apps/${app.id}/events`);
    await expect(bob.page.locator("tbody").getByText("Member removed").first()).toBeVisible();
    await bob.page.goto(`/dashboard/apps/${app.id}/team`);
    await expect(bob.page.locator("main")).not.toContainText(alice.email);
  });
