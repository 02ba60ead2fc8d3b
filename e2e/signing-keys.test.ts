/** A signing key that somebody else may have is retired: in the dashboard, and at once in every process. */
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, signUpDeveloper } from "../test/support/dashboard";
import { type Server, startServer, until } from "../test/support/server";
import { createTenant, foyer, newEmail, signUp } from "../test/support/tenant";

let server: Server;
let other: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
  // Beside it, on the same database and under the same public address.
  const { DATABASE_URL, PUBLIC_URL } = server.environment;
  other = await startServer({ DATABASE_URL, PUBLIC_URL });
});

const isLive = async ({ url }: Server, token: string) =>
  (await fetch(`${url}/api/me`, { headers: { Authorization: `Bearer ${token}` } })).status === 200;

describe("retiring a key", () => {
  it("by the operator: both processes refuse its tokens within a moment, and their users go on", async () => {
    const tenant = await createTenant(server.environment);
    const session = await (await signUp(server, tenant, newEmail())).json();
    expect([await isLive(server, session.token), await isLive(other, session.token)]).toEqual([true, true]);
    const { signing_keys: keys } = await foyer(server.environment, "signing-keys", "list", "--app", tenant.app_id);
    const key = keys.find((one: { alg: string; status: string }) => one.alg === "ES256" && one.status === "active");
    const retire = ["signing-keys", "retire", "--app", tenant.app_id, "--kid", key.kid];
    expect(await foyer(server.environment, ...retire)).toMatchObject({ kid: key.kid, was: "active" });
    for (const process of [server, other])
      await until("the token is refused", async () => !(await isLive(process, session.token)), 2);
    const jwks = await (await fetch(`${other.url}/o/${tenant.app_id}/jwks`)).json();
    expect(jwks.keys.map(({ kid }: { kid: string }) => kid)).not.toContain(key.kid);
    await expect(foyer(server.environment, ...retire)).rejects.toThrow("retired already");

    const refreshed = await fetch(`${other.url}/api/auth/refresh/${tenant.app_id}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh_token: session.refresh_token }),
    });
    const { token } = await refreshed.json();
    expect([await isLive(server, token), await isLive(other, token)]).toEqual([true, true]);
  });

  it("in the dashboard: says who will notice, and wants a word typed", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    await page.goto(`/dashboard/apps/${app.id}/signing-keys`);
    const row = page.getByRole("region", { name: "Signing keys, ES256" }).getByRole("row", { name: /Signs/ });
    await row.getByRole("button", { name: /^Retire the ES256 key/ }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText("is refused at once").waitFor();
    const confirm = dialog.getByRole("button", { name: "Retire for good" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel(/To confirm/).fill((await dialog.locator("label strong").innerText()).trim());
    await confirm.click();
    await page.getByText("The key was retired").first().waitFor();
    await page.getByText("Retired", { exact: true }).first().waitFor();
    await page.goto(`/dashboard/apps/${app.id}/events`);
    await page.locator("tbody").getByText("Signing key retired at once").first().waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });
});
