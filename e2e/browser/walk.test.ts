/** The quickstart of the README with the CLI: a developer, an app, a user, and a JWT that any library verifies. */
import { createRemoteJWKSet, jwtVerify } from "jose";
import { logIn, signUp } from "../support/app";
import { foyer } from "../support/cli";
import { expect, test } from "../support/fixtures";
import { newEmail, PASSWORD } from "../support/people";

test("two CLI commands create an app whose users get verifiable JWTs", async ({ server }) => {
  const alice = newEmail("alice");
  const cli = (...args: string[]) => foyer(server.environment, ...args);
  const developer = await cli("developers", "create", "--email", alice, "--password", PASSWORD);
  expect(developer).toEqual({ developer_id: expect.stringMatching(/^usr_/), email: alice });
  const created = await cli("apps", "create", "--owner", alice, "--name", "My App");
  expect(created).toEqual({
    app_id: expect.stringMatching(/^app_/),
    api_key: expect.stringMatching(/^foyer_sk_/),
    issuer: `${server.url}/o/${created.app_id}`,
    client_id: expect.stringMatching(/^cli_/),
    client_secret: expect.stringMatching(/^foyer_cs_/),
  });
  const app = { id: created.app_id, apiKey: created.api_key, issuer: created.issuer };

  const bob = newEmail();
  const response = await signUp(app, bob);
  expect(response.status).toBe(201);
  const session = await response.json();

  const metadata = await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json();
  expect(metadata.issuer).toBe(app.issuer);
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const { payload } = await jwtVerify(session.token, keys, { issuer: app.issuer, audience: app.id });
  expect(payload.sub).toBe(session.user.id);

  const again = await (await logIn(app, bob)).json();
  expect(again.user.id).toBe(session.user.id);
  const second = await jwtVerify(again.token, keys, { issuer: app.issuer, audience: app.id });
  expect(second.payload.sid).not.toBe(payload.sid);
});
