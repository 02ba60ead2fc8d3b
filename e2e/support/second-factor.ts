/** What a user does on the pages of the second factor. */
import { Secret, TOTP } from "otpauth";
import { expect, type Page } from "playwright/test";

const STEP_MS = 30_000;

/** An authenticator app. Each of its codes is of a later step than the one before, as Foyer requires. */
export class Authenticator {
  #step = 0;
  readonly #totp: TOTP;

  constructor(secret: string) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(secret) });
  }

  /** The code of the present step, or else of the next one, which is accepted too. */
  async code(): Promise<string> {
    const next = () => Math.max(this.#step + 1, Math.floor(Date.now() / STEP_MS));
    while (next() > Math.floor(Date.now() / STEP_MS) + 1) await new Promise((resolve) => setTimeout(resolve, 500));
    this.#step = next();
    return this.#totp.generate({ timestamp: this.#step * STEP_MS });
  }
}

/** Enters the first code of an authenticator app that is shown the page's key. */
export async function confirmAuthenticator(page: Page, button: string | RegExp = "Continue"): Promise<Authenticator> {
  const key = (await page.locator("code").innerText()).replaceAll(/\s/g, "");
  const authenticator = new Authenticator(key);
  await enterCode(page, await authenticator.code(), button);
  return authenticator;
}

export async function enterCode(page: Page, code: string, button: string | RegExp = "Continue"): Promise<void> {
  await page.getByRole("textbox", { name: /code/i }).fill(code);
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** The recovery codes that the page shows, before the user goes on. */
export async function readRecoveryCodes(page: Page): Promise<string[]> {
  await expect(page.getByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  return page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
}
