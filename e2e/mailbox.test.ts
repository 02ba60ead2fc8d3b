/** The mails of an App in the dashboard: each as it looks, in the dashboard's theme, and as text. */
import { beforeAll, expect, it } from "vitest";
import { createAppInBrowser, signUpDeveloper } from "../test/support/dashboard";
import { backend } from "../test/support/hosted";
import { type Server, startServer } from "../test/support/server";
import { newEmail } from "../test/support/tenant";

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

it.each([
  ["light", "rgb(255, 253, 251)"],
  ["dark", "rgb(33, 30, 27)"],
] as const)("a mail is shown %s, from the list and when its page is loaded", async (colorScheme, ground) => {
  const { page, complaints, leave } = await signUpDeveloper(server, { colorScheme });
  const { id, apiKey } = await createAppInBrowser(page, "Photo Blog");
  const app = { app_id: id, api_key: apiKey, issuer: `${server.url}/o/${id}` };
  const email = newEmail();
  expect((await backend(app, `/api/auth/magic-link/${id}`, { email })).status).toBe(202);
  await page.goto(`/dashboard/apps/${id}/mails`);
  const sheet = page.frameLocator("iframe").locator(".sheet");
  const look = () => sheet.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.locator("tbody").getByRole("link").first().click();
  await sheet.getByRole("link", { name: "Sign in" }).waitFor();
  expect(await look()).toBe(ground);
  await page.reload();
  await sheet.getByRole("link", { name: "Sign in" }).waitFor();
  expect(await look()).toBe(ground);
  expect(complaints).toEqual([]);
  await leave();
});
