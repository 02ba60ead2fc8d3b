/** The frame of the dashboard: the switcher of apps, the search, the navigation, the status page. */
import { expect, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";

test("the switcher changes the app and keeps the page", async ({ developer }) => {
  const { page } = developer;
  const [blog, shop] = [await developer.createApp("Blog"), await developer.createApp("Shop")];
  await page.goto(`/dashboard/apps/${blog.id}/events`);
  await page.locator("summary", { hasText: "Blog" }).click();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("link", { name: "Shop" }).click();
  await page.waitForURL(`**/dashboard/apps/${shop.id}/events`);
  await expect(page.locator("summary", { hasText: "Shop" })).toBeVisible();
});

test("the search finds a user and opens the page by keyboard alone", async ({ developer, arrange: _ }) => {
  const { page } = developer;
  const app = await developer.createApp("Blog");
  await page.goto(`/dashboard/apps/${app.id}`);
  await page.keyboard.press("Control+k");
  const input = page.getByRole("combobox");
  await expect(input).toBeFocused();
  await expect(page.getByRole("option", { name: "Signing keys" })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.type("signing");
  await expect(page.getByRole("option").first()).toContainText("Signing keys");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/signing-keys");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("group", { name: "Recent" }).getByRole("option")).toHaveText(["Signing keysDevelopers"]);
  await page.keyboard.type("no such thing");
  await expect(page.getByText("No results")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(input).toHaveCount(0);
});

test("the navigation shows the pages of the current section", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Blog");
  await page.goto(`/dashboard/apps/${app.id}`);
  const navigation = page.getByRole("navigation", { name: "App" });
  await expect(navigation.getByRole("link", { name: "API keys" })).toBeHidden();
  await navigation.getByRole("link", { name: "Developers" }).click();
  await page.waitForURL("**/quickstart");
  await navigation.getByRole("link", { name: "API keys" }).click();
  await page.waitForURL("**/keys");
  await expect(navigation.getByRole("link", { name: "API keys" })).toHaveAttribute("aria-current", "page");
});

test("the status page says that the server runs", async ({ openBrowser }) => {
  const { page } = await openBrowser();
  await page.goto("/status");
  await expect(page.getByRole("heading", { name: "Foyer is running" })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});

test("the list of apps shows users and sign-ins, and has a search with many apps", async ({ developer }) => {
  const { page } = developer;
  for (let count = 0; count < 9; count++) await developer.createApp(`Blog ${count}`);
  await page.goto("/dashboard");
  await expect(page.getByText("0 users · 0 sign-ins in 30 days")).toHaveCount(9);
  await page.getByRole("searchbox", { name: "Search apps" }).fill("blog 7");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
  await page.goto("/dashboard?q=nothing");
  await expect(page.getByRole("heading", { name: "No apps found" })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});

test("a bar shows that the next page loads", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Blog");
  await page.goto(`/dashboard/apps/${app.id}`);
  const bar = page.locator("[data-progress]");
  await expect(bar).toHaveCount(0);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/team*", async (route) => {
    await answered;
    await route.continue();
  });
  await page.getByRole("navigation", { name: "App" }).getByRole("link", { name: "Team" }).click();
  await expect(bar).toHaveCount(1);
  answer();
  await page.waitForURL("**/team");
  await expect(bar).toHaveCount(0);
});

test("the first steps of a new app check themselves off", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Blog");
  await page.goto(`/dashboard/apps/${app.id}`);
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps).toContainText("0 of 6 done");
  await steps.getByRole("link", { name: "Add return URL" }).click();
  await page.getByRole("textbox", { name: "Return URLs" }).fill("https://blog.example/signed-in");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Settings saved", { exact: true })).toBeVisible();
  await page.goto(`/dashboard/apps/${app.id}`);
  await expect(steps).toContainText("1 of 6 done");
  await expect(steps.getByRole("link", { name: "Add return URL" })).toHaveCount(0);
  expect(await findViolations(page)).toEqual([]);
});
