/** The rotation of FOYER_SECRET: every session survives it, and a wrong secret does not start. */
import { createRemoteJWKSet, jwtVerify } from "jose";
import { createDatabase } from "../../test/support/database";
import { TEST_SECRET } from "../../test/support/environment";
import { type Json, logIn, manage, signUp, type TestApp } from "../support/app";
import { createAppByCli, foyer } from "../support/cli";
import { signUpInDashboard } from "../support/dashboard";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { launchServer, startServer } from "../support/server";

const NEW_SECRET = "2:the-secret-that-replaces-the-one-of-the-tests";

async function refresh(app: TestApp, refreshToken: string) {
  const response = await fetch(new URL(`/api/auth/refresh/${app.id}`, app.issuer), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: refreshToken }),
  });
  expect(response.status).toBe(200);
  return response.json();
}

test("everything works while FOYER_SECRET is replaced, and afterwards without the old one", async ({ page }) => {
  test.setTimeout(180_000);
  const shared = { DATABASE_URL: await createDatabase(), TRUSTED_PROXIES: "127.0.0.1,::1" };
  const first = await startServer(shared);
  const app = await createAppByCli(first.environment);
  await manage(app, "POST", "/connections", {
    ...{ provider: "github", client_id: "the-client", client_secret: "the-secret" },
    redirect_uris: ["https://blog.example.com/signed-in"],
  });
  const bob = newEmail();
  const session = await (await signUp(app, bob)).json();
  const alice = newEmail("alice");
  await signUpInDashboard(page, alice, first.url);
  const album = await foyer(first.environment, "apps", "create", "--owner", alice, "--name", "Photo Album");
  expect(await first.stop()).toBe(0);

  const again = { ...shared, PORT: String(first.port) };
  const both = await startServer({ ...again, FOYER_SECRET: `${NEW_SECRET},${TEST_SECRET}` });
  const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
  const rules = { issuer: app.issuer, audience: app.id, typ: "at+jwt" };
  expect((await jwtVerify(session.token, keys, rules)).payload.sub).toBe(session.user.id);
  const refreshed = await refresh(app, session.refresh_token);
  expect(refreshed.refresh_token).toMatch(/^fr1-2\./);
  expect((await logIn(app, bob)).status).toBe(200);
  const users = `/dashboard/apps/${album.app_id}/users`;
  await page.goto(first.url + users);
  expect(new URL(page.url()).pathname).toBe(users);

  const { resealed, unreadable } = await foyer(both.environment, "signing-keys", "reseal");
  // Two signing keys each of Foyer and both apps, and the client secret of the connection.
  expect(resealed).toBeGreaterThanOrEqual(7);
  expect(unreadable).toBe(0);
  expect(await both.stop()).toBe(0);

  const after = await startServer({ ...again, FOYER_SECRET: NEW_SECRET });
  expect((await jwtVerify(refreshed.token, keys, rules)).payload.sub).toBe(session.user.id);
  const later = await refresh(app, refreshed.refresh_token);
  expect((await jwtVerify(later.token, keys, rules)).payload.sid).toBe(
    (await jwtVerify(session.token, keys, rules)).payload.sid,
  );
  expect((await logIn(app, bob)).status).toBe(200);
  const doctor = await foyer(after.environment, "doctor");
  expect(doctor.checks.find(({ check }: Json) => check === "keys")).toMatchObject({ status: "ok" });
  expect(await after.stop()).toBe(0);

  for (const FOYER_SECRET of [TEST_SECRET, TEST_SECRET.replace("1:", "2:")]) {
    const wrong = await launchServer({ ...again, FOYER_SECRET });
    expect(await wrong.ended).toBe(1);
    expect(wrong.errors()).toMatch(/^Foyer cannot start\. FOYER_SECRET is not the one [^\n]+\.\n$/);
    // A tool with the wrong secret would seal values that no server could open.
    await expect(foyer(wrong.environment, "signing-keys", "list", "--app", app.id)).rejects.toThrow(
      "FOYER_SECRET is not the one",
    );
  }
});
