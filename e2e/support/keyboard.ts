/** A developer who uses the dashboard with the keyboard alone. Counts what a mouse would click. */
import { expect, type Locator, type Page } from "playwright/test";

const MOST_TABS = 150;

export class Keyboard {
  clicks = 0;

  constructor(private readonly page: Page) {}

  private async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${target} can't be reached with the Tab key`);
  }

  /** Presses a link or a button. */
  async press(target: Locator): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press("Enter");
    this.clicks += 1;
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.reach(field);
    await this.page.keyboard.type(text);
  }

  /** Searches and opens the first result, which must be the wanted one. */
  async search(text: string, wanted: string): Promise<void> {
    const field = this.page.getByRole("combobox", { name: /^Search/ });
    await expect(async () => {
      await this.page.keyboard.press("Control+k");
      await expect(field).toBeFocused({ timeout: 1000 });
    }).toPass();
    await this.page.keyboard.type(text);
    const chosen = this.page.getByRole("option", { selected: true });
    await expect(chosen).toContainText(wanted);
    await this.page.keyboard.press("Enter");
    await expect(field).toHaveCount(0);
    this.clicks += 1;
  }
}
