/** The ten most common tasks in the dashboard, by keyboard alone, at most three clicks from the app's home. */
import { manage, type TestApp } from "../support/app";
import { type Developer, expect, lastMailTo, test } from "../support/fixtures";
import { Keyboard } from "../support/keyboard";
import { newEmail } from "../support/people";

const MOST_CLICKS = 3;
const REDIRECT_URI = "https://photos.example/cb";

interface Task {
  developer: Developer;
  app: TestApp;
  keyboard: Keyboard;
}

async function createApp({ developer: { page }, keyboard }: Task) {
  await keyboard.press(page.locator("summary", { hasText: "Photo Blog" }));
  await keyboard.press(page.getByRole("link", { name: "Create app", exact: true }));
  await keyboard.type(page.getByLabel("Name", { exact: true }), "Shop");
  await keyboard.press(page.getByRole("button", { name: "Create app" }));
  await expect(page.getByText("app_").first()).toBeVisible();
}

async function copyKey({ developer: { page }, keyboard }: Task) {
  await keyboard.search("api key create", "Create API key");
  await keyboard.type(page.getByLabel("Name", { exact: true }), "Backend");
  await keyboard.press(page.getByRole("button", { name: "Create key" }));
  await keyboard.press(page.getByRole("button", { name: "Copy API key" }));
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^foyer_/);
}

async function createApplication({ developer: { page }, keyboard }: Task) {
  await keyboard.search("create application web server yours", "web server");
  await keyboard.type(page.getByLabel("Name", { exact: true }), "Prints");
  await keyboard.type(page.getByLabel("Redirect URI", { exact: false }).first(), REDIRECT_URI);
  await keyboard.press(page.getByRole("button", { name: "Create application" }));
  await expect(page.getByRole("heading", { name: "Application created" })).toBeVisible();
}

async function seeWhyARequestFailed({ developer: { page }, app, keyboard }: Task) {
  const client = await manage(app, "POST", "/clients", { client_name: "Prints", redirect_uris: [REDIRECT_URI] });
  const query = { client_id: client.client_id, redirect_uri: `${REDIRECT_URI}/x`, response_type: "code" };
  await page.request.get(`/o/${app.id}/authorize?${new URLSearchParams(query)}`);
  const navigation = page.getByRole("navigation", { name: "App" });
  await keyboard.press(navigation.getByRole("link", { name: "Events" }));
  await keyboard.press(
    page
      .getByRole("main")
      .getByRole("link", { name: /rejected/i })
      .first(),
  );
  await expect(page.getByText(`${REDIRECT_URI}/x`).first()).toBeVisible();
}

async function findUser({ developer: { page }, app, keyboard }: Task): Promise<string> {
  const email = newEmail();
  await manage(app, "POST", "/users", { email });
  await keyboard.search(email, email);
  await expect(page.getByRole("heading", { level: 1, name: email })).toBeVisible();
  return email;
}

async function ban(task: Task) {
  await findUser(task);
  const { developer, keyboard } = task;
  await keyboard.press(developer.page.getByRole("button", { name: "Disable user" }));
  await keyboard.press(developer.page.getByRole("alertdialog").getByRole("button", { name: "Disable user" }));
  await expect(developer.page.getByText("User disabled").first()).toBeVisible();
}

async function sendReset(task: Task) {
  const email = await findUser(task);
  const { page } = task.developer;
  await task.keyboard.press(page.getByRole("button", { name: "Send password reset" }));
  await expect(page.getByText("Password reset email sent").first()).toBeVisible();
  expect((await lastMailTo(email)).link).toContain("/reset?token=");
}

async function inviteTeammate({ developer: { page }, keyboard }: Task) {
  const email = newEmail("carol");
  await keyboard.press(page.getByRole("navigation", { name: "App" }).getByRole("link", { name: "Team" }));
  await keyboard.type(page.getByLabel("Email address"), email);
  await keyboard.press(page.getByRole("button", { name: "Send invitation" }));
  await expect(page.getByText("Invitation sent").first()).toBeVisible();
  expect((await lastMailTo(email)).link).toContain("/invitations/");
}

async function changeBranding({ developer: { page }, app, keyboard }: Task) {
  await keyboard.press(page.getByRole("navigation", { name: "App" }).getByRole("link", { name: "Branding" }));
  await keyboard.type(page.getByLabel("Color", { exact: true }), "#1f5c4d");
  await keyboard.press(page.getByRole("button", { name: /^Save/ }));
  await expect(page.getByText("Branding saved").first()).toBeVisible();
  const { settings } = await manage(app, "GET", "");
  expect(settings.branding.color).toBe("#1f5c4d");
}

async function rotateKey({ developer: { page }, app, keyboard }: Task) {
  await keyboard.search("rotate", "Rotate signing key");
  await keyboard.press(page.getByRole("button", { name: "Rotate key: ES256" }));
  await keyboard.press(page.getByRole("alertdialog").getByRole("button", { name: "Rotate key" }));
  await expect(page.getByText("Key rotated").first()).toBeVisible();
  const { data } = await manage(app, "GET", "/events?type=signing_key.rotated");
  expect(data).toHaveLength(1);
}

const TASKS = [
  createApp,
  copyKey,
  createApplication,
  seeWhyARequestFailed,
  findUser,
  ban,
  sendReset,
  inviteTeammate,
  changeBranding,
  rotateKey,
];

test("each of the ten tasks takes at most three clicks and works by keyboard alone", async ({ openDashboard }) => {
  test.setTimeout(180_000);
  const developer = await openDashboard({ permissions: ["clipboard-read", "clipboard-write"] });
  const app = await developer.createApp("Photo Blog");
  const clicks: Record<string, number> = {};
  for (const task of TASKS)
    await test.step(task.name, async () => {
      const keyboard = new Keyboard(developer.page);
      await developer.page.goto(`/dashboard/apps/${app.id}`);
      await task({ developer, app, keyboard });
      clicks[task.name] = keyboard.clicks;
    });
  test.info().annotations.push({ type: "clicks", description: JSON.stringify(clicks) });
  expect(Object.entries(clicks).filter(([, count]) => count > MOST_CLICKS)).toEqual([]);
  expect(developer.consoleErrors).toEqual([]);
});
