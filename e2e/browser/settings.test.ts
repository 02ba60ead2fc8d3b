/** Pages of settings: one save for all sections, and no change is lost silently. */
import { manage } from "../support/app";
import { expect, test } from "../support/fixtures";

test("one button saves the changes of all sections, and errors stay at their fields", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  await page.goto(`/dashboard/apps/${app.id}/methods`);
  const save = page.getByRole("button", { name: "Save changes" });
  await expect(save).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Who may sign up").selectOption("invite_only");
  await page.getByRole("textbox", { name: "Return URLs" }).fill("javascript:alert(1)");
  await expect(page.getByText("You have unsaved changes.")).toBeVisible();
  await save.click();
  await expect(page.getByText("must be an absolute URL")).toBeVisible();
  await expect(page.getByLabel("Who may sign up")).toHaveValue("invite_only");
  await page.getByRole("textbox", { name: "Return URLs" }).fill("https://blog.example/signed-in");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Settings saved", { exact: true })).toBeVisible();
  await expect(save).toHaveAttribute("aria-disabled", "true");
  const { settings } = await manage(app, "GET", "");
  expect(settings).toMatchObject({ signups: "invite_only", return_urls: ["https://blog.example/signed-in"] });
});

test("unsaved changes are discarded or kept as the developer chooses", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Blog");
  await page.goto(`/dashboard/apps/${app.id}/settings`);
  const name = page.getByLabel("App name");
  await name.fill("Shop");
  await expect(page.getByText("You have unsaved changes.")).toBeVisible();
  let asked = 0;
  const stay = (dialog: import("playwright/test").Dialog) => {
    asked += 1;
    return dialog.dismiss();
  };
  page.on("dialog", stay);
  await page.getByRole("link", { name: "Events" }).click();
  await expect(name).toHaveValue("Shop");
  expect(asked).toBe(1);
  page.off("dialog", stay);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(name).toHaveValue("Blog");
  await page.getByRole("link", { name: "Events" }).click();
  await page.waitForURL("**/events");
});

test("settings are saved without JavaScript", async ({ developer, openBrowser }) => {
  const app = await developer.createApp();
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.context().addCookies(await developer.page.context().cookies());
  await page.goto(`/dashboard/apps/${app.id}/sessions`);
  await page.getByLabel("Idle timeout", { exact: true }).fill("20");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Save changes" }).click()]);
  // Inside <noscript>, which locators skip.
  expect(await page.content()).toContain("Settings saved");
  expect((await manage(app, "GET", "")).settings.session_idle_ttl_seconds).toBe(20 * 86_400);
});
