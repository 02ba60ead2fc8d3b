/** What a developer does in the dashboard. */
import type { Page } from "playwright/test";
import { fillCredentials } from "./hosted";
import { PASSWORD } from "./people";

/** Signs up with the password of all developers, at the base URL unless told otherwise. */
export async function signUpInDashboard(page: Page, email: string, url = ""): Promise<void> {
  await page.goto(`${url}/signup`);
  await fillCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/dashboard");
}

/** Submits the sign-in form, with the password of all developers unless told otherwise. */
export async function signInToDashboard(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/login");
  await fillCredentials(page, email, password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Confirms a destructive action by typing what the dialog asks for. */
export async function confirmByTyping(page: Page, text: string, button: string): Promise<void> {
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/To confirm/).fill(text);
  await dialog.getByRole("button", { name: button }).click();
}
