/** The walk of the README: a developer, an App, a user, and a JWT that any library verifies. */
import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, it } from "vitest";
import { startServer } from "../test/support/server";
import { foyer, logIn, newEmail, PASSWORD, signUp } from "../test/support/tenant";

it("leads from the operator's two commands to a verified JWT of a real user", async () => {
  const server = await startServer();
  const alice = newEmail();
  const developer = await foyer(
    server.environment,
    ...["developers", "create", "--email", alice, "--password", PASSWORD],
  );
  expect(developer).toEqual({ developer_id: expect.stringMatching(/^usr_/), email: alice });
  const tenant = await foyer(server.environment, "apps", "create", "--owner", alice, "--name", "My App");
  expect(tenant).toEqual({
    app_id: expect.stringMatching(/^app_/),
    api_key: expect.stringMatching(/^foyer_sk_/),
    issuer: `${server.url}/o/${tenant.app_id}`,
  });

  const bob = newEmail();
  const answer = await signUp(server, tenant, bob);
  expect(answer.status).toBe(201);
  const session = await answer.json();

  const metadata = await (await fetch(`${tenant.issuer}/.well-known/openid-configuration`)).json();
  expect(metadata.issuer).toBe(tenant.issuer);
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const { payload } = await jwtVerify(session.token, keys, { issuer: tenant.issuer, audience: tenant.app_id });
  expect(payload.sub).toBe(session.user.id);

  const again = await (await logIn(server, tenant, bob)).json();
  expect(again.user.id).toBe(session.user.id);
  const second = await jwtVerify(again.token, keys, { issuer: tenant.issuer, audience: tenant.app_id });
  expect(second.payload.sid).not.toBe(payload.sid);
});
