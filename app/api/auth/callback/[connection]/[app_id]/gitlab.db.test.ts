/** Sign-in with GitLab: gitlab.com without discovery, a self-managed GitLab by its issuer. */
import { beforeAll, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { db } from "@/lib/database/client";
import { createConnection, getConnection } from "@/lib/social/connections";
import { startSocial } from "@/lib/social/flow";
import type { NewConnection } from "@/lib/social/inputs";
import { someApp, someEmail, type TestApp } from "@/test/support/factories";
import { ISSUER_CLIENT, type Issuer, startIssuer } from "@/test/support/issuer";
import { Browser, OPERATOR, send } from "@/test/support/oauth";
import { arrivedAt, begin, RETURN_URL } from "@/test/support/social";

let app: TestApp;
/** A self-managed GitLab server. */
let server: Issuer;
beforeAll(async () => {
  [app, server] = await Promise.all([someApp("Blog"), startIssuer()]);
  await connect({ connection: "gitlab" });
  await connect({ connection: "self-managed", issuer: server.url });
});

async function connect(changes: Partial<NewConnection>, at = app) {
  const input: NewConnection = { ...ISSUER_CLIENT, provider: "gitlab", redirect_uris: [RETURN_URL], ...changes };
  return createConnection(await getApp(at.id), input, OPERATOR);
}

/** The claims of GitLab's ID token. */
function gitlabClaims(changes: Record<string, unknown> = {}) {
  return {
    sub: "4711",
    sub_legacy: "0cb1e1a2b3",
    name: "Bob Builder",
    nickname: "bob",
    preferred_username: "bob",
    email: someEmail(),
    email_verified: true,
    profile: "https://gitlab.example/bob",
    picture: "https://gitlab.example/uploads/bob.png",
    groups_direct: ["builders"],
    ...changes,
  };
}

async function signIn(claims: Record<string, unknown>, userinfo = {}) {
  server.script = { claims, userinfo, signature: "RS256" };
  const browser = new Browser(app);
  const page = await begin(browser, { connection: "self-managed" });
  const callback = (await fetch(page, { redirect: "manual" })).headers.get("location") ?? "";
  const { token } = arrivedAt(await browser.open(callback));
  return (await send("/api/me", { bearer: token })).body;
}

describe("GitLab.com", () => {
  it("gets an authorization request with PKCE and nonce, without discovery", async () => {
    const page = new URL(await begin(new Browser(app), { connection: "gitlab" }));
    expect(page.origin + page.pathname).toBe("https://gitlab.com/oauth/authorize");
    expect(Object.fromEntries(page.searchParams)).toEqual({
      response_type: "code",
      client_id: ISSUER_CLIENT.client_id,
      redirect_uri: `http://localhost:8000/api/auth/callback/gitlab/${app.id}`,
      scope: "openid email profile",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
  });

  it("gets prompt=login if the client requires a fresh sign-in (OIDC Core §3.1.2.1)", async () => {
    const connection = await getConnection(app.id, "gitlab");
    const goal = { type: "return", redirectUri: RETURN_URL } as const;
    const given = { browserSecret: "secret", goal, reauthenticate: true };
    const page = await startSocial(await getApp(app.id), connection, given);
    expect(page.searchParams.get("prompt")).toBe("login");
  });
});

describe("a self-managed GitLab", () => {
  it("signs a user up with the profile of the ID token", async () => {
    const claims = gitlabClaims();
    expect(await signIn(claims)).toMatchObject({
      email: claims.email,
      email_verified: true,
      name: "Bob Builder",
      preferred_username: "bob",
      profile: "https://gitlab.example/bob",
      picture: "https://gitlab.example/uploads/bob.png",
    });
    const identity = await db().identity.findFirstOrThrow({ where: { appId: app.id, subject: "4711" } });
    expect(identity).toMatchObject({ connection: "self-managed", issuer: server.url });
    expect(server.received.at(-1)?.authorization).toMatch(/^Basic /);
  });

  it("finds the same user again, by issuer and subject and not by email address", async () => {
    const first = await signIn(gitlabClaims({ sub: "7" }));
    const second = await signIn(gitlabClaims({ sub: "7" }));
    expect(second).toMatchObject({ sub: first.sub, email: first.email });
  });

  it.each([false, undefined])("does not verify the email address if email_verified is %s", async (email_verified) => {
    const claims = gitlabClaims({ sub: `unverified-${email_verified}`, email_verified });
    expect(await signIn(claims)).toMatchObject({ email: claims.email, email_verified: false });
  });

  it("takes the name from the userinfo endpoint if an older version omits it from the ID token", async () => {
    const claims = gitlabClaims({ sub: "older", name: undefined });
    const user = await signIn(claims, { sub: "older", name: "Carol" });
    expect(user).toMatchObject({ email: claims.email, email_verified: true, name: "Carol" });
  });
});

it("keeps users with the same subject at two GitLab servers apart", async () => {
  const other = await startIssuer();
  await connect({ connection: "other-gitlab", issuer: other.url });
  const first = await signIn(gitlabClaims({ sub: "1" }));
  other.script = { claims: gitlabClaims({ sub: "1" }) };
  const browser = new Browser(app);
  const page = await begin(browser, { connection: "other-gitlab" });
  const callback = (await fetch(page, { redirect: "manual" })).headers.get("location") ?? "";
  const { token } = arrivedAt(await browser.open(callback));
  expect((await send("/api/me", { bearer: token })).body.sub).not.toBe(first.sub);
});

it("is a connection of one app only", async () => {
  const otherApp = await someApp("Other");
  const answer = await new Browser(otherApp).open(`/api/auth/self-managed/${otherApp.id}?state=s`);
  expect(answer.status).toBe(404);
});
