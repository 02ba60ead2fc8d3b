/** Retiring a leaked signing key: by CLI and in the dashboard, with effect in every process at once. */
import { isLive, type Json, signUp } from "../support/app";
import { foyer } from "../support/cli";
import { expect, test } from "../support/fixtures";
import { newEmail } from "../support/people";
import { startServer, until } from "../support/server";

test("a key that the operator retires is rejected by every process, and its users stay signed in", async ({
  server,
  app,
}) => {
  // A second process on the same database, with the same public URL.
  const { DATABASE_URL, PUBLIC_URL } = server.environment;
  const other = await startServer({ DATABASE_URL, PUBLIC_URL });
  const session = await (await signUp(app, newEmail())).json();
  const areLive = (token: string) => Promise.all([isLive(app, token, server), isLive(app, token, other)]);
  expect(await areLive(session.token)).toEqual([true, true]);
  const { signing_keys: keys } = await foyer(server.environment, "signing-keys", "list", "--app", app.id);
  const key = keys.find(({ alg, status }: Json) => alg === "ES256" && status === "active");
  const retire = ["signing-keys", "retire", "--app", app.id, "--kid", key.kid];
  expect(await foyer(server.environment, ...retire)).toMatchObject({ kid: key.kid, was: "active" });
  for (const process of [server, other])
    await until("the token is rejected", async () => !(await isLive(app, session.token, process)), 2);
  const jwks = await (await fetch(`${other.url}/o/${app.id}/jwks`)).json();
  expect(jwks.keys.map(({ kid }: Json) => kid)).not.toContain(key.kid);
  await expect(foyer(server.environment, ...retire)).rejects.toThrow("already retired");

  const refreshed = await fetch(`${other.url}/api/auth/refresh/${app.id}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: session.refresh_token }),
  });
  const { token } = await refreshed.json();
  expect(await areLive(token)).toEqual([true, true]);
  await other.stop();
});

test("the dashboard retires a key after the developer types a word", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  await page.goto(`/dashboard/apps/${app.id}/signing-keys`);
  const row = page.getByRole("region", { name: "Signing keys, ES256" }).getByRole("row", { name: /Active/ });
  await row.getByRole("button", { name: /^Retire now: ES256 key/ }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText(/^Foyer immediately rejects all ES256 tokens/)).toBeVisible();
  const confirm = dialog.getByRole("button", { name: "Retire key" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/To confirm/).fill((await dialog.locator("label strong").innerText()).trim());
  await confirm.click();
  await expect(page.getByText("Key retired").first()).toBeVisible();
  await expect(page.getByText("Retired", { exact: true }).first()).toBeVisible();
  await page.goto(`/dashboard/apps/${app.id}/events`);
  await expect(page.locator("tbody").getByText("Signing key retired immediately").first()).toBeVisible();
  expect(consoleErrors).toEqual([]);
});
