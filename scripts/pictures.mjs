// Takes the README's screenshots from the running demo. Start `npm run demo` first: node
// scripts/pictures.mjs
import { chromium } from "playwright";
import { provideChromium } from "./bootstrap/chromium.mjs";
import { runMain } from "./bootstrap/failure.mjs";
import { at } from "./bootstrap/paths.mjs";
import { say } from "./bootstrap/progress.mjs";

const foyerUrl = `http://localhost:${process.env.PORT ?? 8000}`;
const printsUrl = `http://127.0.0.1:${Number(process.env.DEMO_SITES_PORT ?? 3000) + 1}`;

await runMain(async () => {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: await provideChromium(), args });
  try {
    await takeDashboard(await page(browser, 1360, 940));
    await takeConsent(await page(browser, 720, 1000));
  } finally {
    await browser.close();
  }
});

async function page(browser, width, height) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: "light" });
  return context.newPage();
}

async function take(shown, name) {
  await shown.waitForLoadState("networkidle");
  await shown.screenshot({ path: at("docs", name) });
  say(`docs/${name}`);
}

/** The home page of Alice's app. */
async function takeDashboard(shown) {
  await shown.goto(`${foyerUrl}/login`);
  await shown.getByLabel("Email address").fill("alice@example.com");
  await shown.getByLabel("Password", { exact: true }).fill("open sesame 42");
  await shown.getByRole("button", { name: "Sign in", exact: true }).click();
  await shown.getByRole("link", { name: "The Photo Blog" }).first().click();
  await shown.waitForURL("**/dashboard/apps/**");
  await take(shown, "dashboard.png");
}

/** The consent page for SuperPhotoPrints, as Bob sees it. */
async function takeConsent(shown) {
  await shown.goto(printsUrl);
  await shown.getByRole("link", { name: "Connect the Photo Blog" }).click();
  await shown.getByLabel("Email address").fill("bob@example.com");
  await shown.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await shown.getByRole("button", { name: "Sign in", exact: true }).click();
  await shown.getByText("See your photos").waitFor();
  await take(shown, "consent.png");
}
