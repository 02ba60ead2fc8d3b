/** Links in emails that no longer work, or not yet. */
import { expect, type Page } from "playwright/test";
import { query } from "./database";
import type { Server } from "./server";

/** What the page of a link says when it does not work. */
export const USED = "This link was already used.";
export const EXPIRED = "This link has expired.";
export const INVALID = "This link is incomplete, was replaced";

/** Opens a link that must be rejected, and expects the reason on its page. */
export async function openRejectedLink(page: Page, link: string, status: number, reason: string): Promise<void> {
  const response = await page.goto(link);
  expect(response?.status()).toBe(status);
  await expect(page.getByText(reason)).toBeVisible();
}

/** Makes all links that were sent to this email address expire. */
export async function expireLinks(server: Server, email: string): Promise<void> {
  await query(server, `UPDATE "OneTimeToken" SET "expiresAt" = now() - interval '1 second' WHERE "email" = $1`, [
    email,
  ]);
}
