/** FOYER_SECRET is replaced under a living installation: nobody is signed out, and a wrong one does not start. */
import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, it } from "vitest";
import { createAppInBrowser, signUpDeveloper } from "../test/support/dashboard";
import { createDatabase } from "../test/support/database";
import { TEST_SECRET } from "../test/support/environment";
import { launchServer, type Server, startServer } from "../test/support/server";
import { createTenant, foyer, logIn, newEmail, signUp, type Tenant } from "../test/support/tenant";

const NEW = "2:the-secret-that-replaces-the-one-of-the-tests";

async function refresh(server: Server, tenant: Tenant, refreshToken: string) {
  const answer = await fetch(`${server.url}/api/auth/refresh/${tenant.app_id}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: refreshToken }),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

/** → the client's secret as GitHub would be sent it; GitHub is not asked. */
const setGitHub = (server: Server, { app_id }: Tenant) =>
  foyer(
    server.environment,
    ...["social", "set", "--app", app_id, "--provider", "github", "--client-id", "the-client"],
    ...["--client-secret", "the-secret", "--redirect-uri", "https://blog.example.com/signed-in"],
  );

it("works all the time while the secret is replaced, and afterwards without the old one", async () => {
  const shared = { DATABASE_URL: await createDatabase(), TRUSTED_PROXIES: "127.0.0.1,::1" };
  const first = await startServer(shared);
  const tenant = await createTenant(first.environment);
  await setGitHub(first, tenant);
  const bob = newEmail();
  const session = await (await signUp(first, tenant, bob)).json();
  const alice = await signUpDeveloper(first);
  const { id } = await createAppInBrowser(alice.page, "Photo Album");
  expect(await first.stop()).toBe(0);

  const again = { ...shared, PORT: String(first.port) };
  const both = await startServer({ ...again, FOYER_SECRET: `${NEW},${TEST_SECRET}` });
  const keys = createRemoteJWKSet(new URL(`${tenant.issuer}/jwks`));
  const rules = { issuer: tenant.issuer, audience: tenant.app_id, typ: "at+jwt" };
  expect((await jwtVerify(session.token, keys, rules)).payload.sub).toBe(session.user.id);
  const refreshed = await refresh(both, tenant, session.refresh_token);
  expect(refreshed.refresh_token).toMatch(/^fr1-2\./);
  expect((await logIn(both, tenant, bob)).status).toBe(200);
  await alice.page.goto(`/dashboard/apps/${id}/users`);
  expect(new URL(alice.page.url()).pathname).toBe(`/dashboard/apps/${id}/users`);

  const { resealed, unreadable } = await foyer(both.environment, "signing-keys", "reseal");
  expect(resealed).toBeGreaterThanOrEqual(7);
  expect(unreadable).toBe(0);
  expect(await both.stop()).toBe(0);

  const after = await startServer({ ...again, FOYER_SECRET: NEW });
  expect((await jwtVerify(refreshed.token, keys, rules)).payload.sub).toBe(session.user.id);
  const later = await refresh(after, tenant, refreshed.refresh_token);
  expect((await jwtVerify(later.token, keys, rules)).payload.sid).toBe(
    (await jwtVerify(session.token, keys, rules)).payload.sid,
  );
  expect((await logIn(after, tenant, bob)).status).toBe(200);
  const doctor = await foyer(after.environment, "doctor");
  expect(doctor.checks.find(({ check }: { check: string }) => check === "keys")).toMatchObject({ status: "ok" });
  expect(await after.stop()).toBe(0);

  for (const FOYER_SECRET of [TEST_SECRET, TEST_SECRET.replace("1:", "2:")]) {
    const wrong = await launchServer({ ...again, FOYER_SECRET });
    expect(await wrong.ended).toBe(1);
    expect(wrong.errors()).toMatch(/^Foyer cannot start\. FOYER_SECRET is not the one [^\n]+\.\n$/);
    // A tool would seal what nobody else could open.
    await expect(foyer(wrong.environment, "signing-keys", "list", "--app", tenant.app_id)).rejects.toThrow(
      "FOYER_SECRET is not the one",
    );
  }
  await alice.leave();
});
