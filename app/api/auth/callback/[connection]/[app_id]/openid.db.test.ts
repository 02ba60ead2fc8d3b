/** Any OpenID issuer: discovery, the checks of its answers (OpenID Connect Core §3.1.3.7, RFC 9207), and what it says of a person. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { nowSeconds } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { createConnection, updateConnection } from "@/lib/social/connections";
import type { NewConnection } from "@/lib/social/inputs";
import { someApp, type TestApp } from "@/test/support/factories";
import { ISSUER_CLIENT, type Issuer, type Script, startIssuer } from "@/test/support/issuer";
import { Browser, OPERATOR, send } from "@/test/support/oauth";
import { arrivedAt, begin, claimsOf, countPeopleOf, lastEventOf, RETURN_URL, startPath } from "@/test/support/social";

let app: TestApp;
let issuer: Issuer;
/** The connection to it. */
let acme: string;
beforeAll(async () => {
  app = await someApp("Blog");
});
let issuers = 0;
// A new one each time, since what it says of itself is kept.
beforeEach(async () => {
  issuer = await startIssuer();
  issuers++;
  acme = `acme-${issuers}`;
  await connect();
});
afterEach(() => db().oAuthConfig.deleteMany({ where: { appId: app.id } }));

async function connect(changes: Partial<NewConnection> = {}) {
  const own: NewConnection = { ...ISSUER_CLIENT, provider: "oidc", connection: acme, issuer: issuer.url };
  return createConnection(await getApp(app.id), { ...own, redirect_uris: [RETURN_URL], ...changes }, OPERATOR);
}

/** Through the issuer's page, which lets everybody in. → the address of the callback */
async function throughIssuer(browser: Browser, connection = acme): Promise<string> {
  const page = await begin(browser, { connection });
  return (await fetch(page, { redirect: "manual" })).headers.get("location") ?? "";
}

async function signIn(script: Script = {}, connection = acme) {
  issuer.script = script;
  const browser = new Browser(app);
  return arrivedAt(await browser.open(await throughIssuer(browser, connection)));
}

async function me(token: string | undefined) {
  return (await send("/api/me", { bearer: token })).body;
}

describe("an OpenID issuer", () => {
  it("gets PKCE S256, nonce and state, and identifies the user", async () => {
    const page = new URL(await begin(new Browser(app), { connection: acme }));
    expect(page.origin + page.pathname).toBe(`${issuer.url}/authorize`);
    expect(Object.fromEntries(page.searchParams)).toEqual({
      response_type: "code",
      client_id: ISSUER_CLIENT.client_id,
      redirect_uri: `http://localhost:8000/api/auth/callback/${acme}/${app.id}`,
      scope: "openid email profile",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    const { token } = await signIn();
    expect(await me(token)).toMatchObject({ email: issuer.email, email_verified: true, name: "Bob Builder" });
    const identity = await db().identity.findFirstOrThrow({ where: { appId: app.id, issuer: issuer.url } });
    expect(identity).toMatchObject({ connection: acme, subject: "user-1" });
    const [{ form, authorization } = { form: new URLSearchParams(), authorization: "" }] = issuer.received;
    expect(form.get("code_verifier")).toMatch(/^[\w-]{43}$/);
    expect(form.has("client_secret")).toBe(false);
    expect(authorization).toMatch(/^Basic /);
  });

  it.each(["ES256", "RS256"] as const)("can sign with %s", async (signature) => {
    expect(await signIn({ signature })).toHaveProperty("token");
  });

  it("is discovered once for many sign-ins, including its keys", async () => {
    for (let times = 0; times < 3; times++) expect(await signIn()).toHaveProperty("token");
    expect(issuer.asked.get("/.well-known/openid-configuration")).toBe(1);
    expect(issuer.asked.get("/jwks")).toBe(1);
    expect(issuer.asked.get("/userinfo")).toBeUndefined();
  });

  it("gets the secret in the form if its metadata requires it", async () => {
    await signIn({ metadata: { token_endpoint_auth_methods_supported: ["client_secret_post"] } });
    expect(issuer.received[0]?.form.get("client_secret")).toBe(ISSUER_CLIENT.client_secret);
    expect(issuer.received[0]?.authorization).toBeUndefined();
  });

  it("needs no secret for a public client", async () => {
    await connect({ connection: "public", client_secret: null });
    expect(await signIn({}, "public")).toHaveProperty("token");
    const [{ form, authorization } = { form: new URLSearchParams(), authorization: "" }] = issuer.received;
    expect([form.get("client_id"), form.has("client_secret"), authorization]).toEqual(["the-client", false, undefined]);
  });

  it("can return the profile only from its userinfo endpoint", async () => {
    const claims = { email: undefined, email_verified: undefined, name: undefined };
    const userinfo = {
      email: "carol@example.com",
      email_verified: "true",
      name: "Carol",
      picture: "javascript:alert(1)",
    };
    const { token } = await signIn({ claims, userinfo });
    expect(await me(token)).toMatchObject({ email: "carol@example.com", email_verified: true, name: "Carol" });
    expect(await me(token)).not.toHaveProperty("picture");
  });

  it("applies email_verified only to the email of the same response", async () => {
    const claims = { email_verified: undefined, name: undefined };
    const { token } = await signIn({ claims, userinfo: { email: "eve@example.com", email_verified: true } });
    expect(await me(token)).toMatchObject({ email: issuer.email, email_verified: false });
  });

  it.each([undefined, null, false, "false", 1, "yes", "TRUE"])(
    "says verified only by true, not by %j",
    async (said) => {
      const { token } = await signIn({ claims: { email_verified: said } });
      expect(await me(token)).toMatchObject({ email_verified: false });
    },
  );

  it.each(["no address", "bob＠example.com", 7, "a@b.example, c@d.example"])("%j is not an email", async (email) => {
    const { token } = await signIn({ claims: { email } });
    expect(await me(token)).toMatchObject({ email: null, email_verified: false });
  });

  it("is separate from another issuer with the same subject", async () => {
    const other = await startIssuer();
    await connect({ connection: "other", issuer: other.url });
    const first = claimsOf((await signIn({ claims: { email: "a@example.com" } })).token).sub;
    other.script = { claims: { email: "b@example.com" } };
    const browser = new Browser(app);
    const second = claimsOf(arrivedAt(await browser.open(await throughIssuer(browser, "other"))).token).sub;
    expect(second).not.toBe(first);
  });
});

describe("an invalid provider response is rejected", () => {
  const past = () => nowSeconds() - 3600;
  const TWO_MEGABYTES = "x".repeat(2 ** 21);
  const WRONG: [title: string, script: () => Script][] = [
    ["aud of another client", () => ({ claims: { aud: "another-client" } })],
    ["aud of several without azp", () => ({ claims: { aud: ["the-client", "another"] } })],
    ["no aud", () => ({ claims: { aud: undefined } })],
    ["iss of another issuer", () => ({ claims: { iss: "https://accounts.google.com" } })],
    ["no iss", () => ({ claims: { iss: undefined } })],
    ["nonce of another sign-in", () => ({ claims: { nonce: "another" } })],
    ["no nonce", () => ({ claims: { nonce: undefined } })],
    ["expired", () => ({ claims: { iat: past(), exp: past() + 300 } })],
    ["no exp", () => ({ claims: { exp: undefined } })],
    ["no sub", () => ({ claims: { sub: undefined } })],
    ["an empty sub", () => ({ claims: { sub: "" } })],
    ["a sub that is a number", () => ({ claims: { sub: 7 } })],
    ["a sub of a kilobyte", () => ({ claims: { sub: "x".repeat(1024) } })],
    ["a sub with NUL", () => ({ claims: { sub: "a\0b" } })],
    ["alg none", () => ({ signature: "none" })],
    [
      "alg none, though the metadata allows it",
      () => ({ signature: "none", metadata: { id_token_signing_alg_values_supported: ["none", "ES256"] } }),
    ],
    ["signed with the client's secret", () => ({ signature: "HS256" })],
    [
      "… though the metadata allows it",
      () => ({ signature: "HS256", metadata: { id_token_signing_alg_values_supported: ["HS256"] } }),
    ],
    ["signed with a key that is not the issuer's", () => ({ signature: "another key" })],
    [
      "an alg that the metadata does not name",
      () => ({ signature: "RS256", metadata: { id_token_signing_alg_values_supported: ["ES256"] } }),
    ],
    ["no ID token at all", () => ({ signature: "missing" })],
    ["iss of another issuer in the response (RFC 9207)", () => ({ response: { iss: "https://evil.example" } })],
    [
      "no iss in the response, though announced",
      () => ({ response: { iss: undefined }, metadata: { authorization_response_iss_parameter_supported: true } }),
    ],
    ["an ID token in the response", () => ({ response: { id_token: "eyJ" } })],
    ["no code", () => ({ response: { code: undefined } })],
    [
      "userinfo of another user (OIDC Core §5.3.2)",
      () => ({ claims: { email: undefined }, userinfo: { sub: "user-2" } }),
    ],
    ["keys that are HTML", () => ({ broken: { path: "/jwks" } })],
    ["a token endpoint that answers 500", () => ({ broken: { path: "/token", status: 500 } })],
    ["a token endpoint that answers 401 without words", () => ({ broken: { path: "/token", status: 401, body: "" } })],
    ["a userinfo endpoint that is HTML", () => ({ claims: { email: undefined }, broken: { path: "/userinfo" } })],
    ["keys of two megabytes", () => ({ broken: { path: "/jwks", body: TWO_MEGABYTES } })],
    ["a token answer of two megabytes", () => ({ broken: { path: "/token", body: TWO_MEGABYTES } })],
    [
      "userinfo of two megabytes",
      () => ({ claims: { email: undefined }, broken: { path: "/userinfo", body: TWO_MEGABYTES } }),
    ],
  ];

  it.each(WRONG)("%s", async (_title, script) => {
    const before = await countPeopleOf(app);
    expect((await signIn(script())).error).toBe("provider_error");
    expect(await countPeopleOf(app)).toEqual(before);
    const { explanation } = (await lastEventOf(app, "social.failed")) ?? {};
    expect(explanation).toMatchObject({ connection: acme, problem: expect.stringMatching(/\w{3}/) });
  });

  it("with an explanation of the expected and the received value", async () => {
    await signIn({ claims: { aud: "another-client" } });
    expect((await lastEventOf(app, "social.failed"))?.explanation).toMatchObject({
      expected: '"the-client"',
      received: '"another-client"',
    });
  });

  it("without revealing a nonce", async () => {
    await signIn({ claims: { nonce: "another-nonce" } });
    expect(JSON.stringify(await lastEventOf(app, "social.failed"))).not.toContain("another-nonce");
  });

  it("unless a clock is late by less than a minute", async () => {
    expect(await signIn({ claims: { iat: past(), exp: nowSeconds() - 30 } })).toHaveProperty("token");
  });
});

describe("an issuer that does not respond", () => {
  const DISCOVERY = "/.well-known/openid-configuration";

  async function errorAt(path: string): Promise<string | undefined> {
    const hanging = await startIssuer();
    hanging.script = { claims: { email: undefined }, broken: { path, hang: true } };
    const connection = `hanging-${path.replaceAll(/[^a-z]/g, "")}`;
    await connect({ connection, issuer: hanging.url });
    const browser = new Browser(app);
    const started = performance.now();
    const start = startPath(app, { connection, state: "s" });
    const { error } = arrivedAt(
      await browser.open(path === DISCOVERY ? start : await throughIssuer(browser, connection)),
    );
    expect(performance.now() - started).toBeLessThan(10_000);
    return error;
  }

  it("fails the sign-in within 10 s at each of its endpoints, without creating a user", async () => {
    const before = await countPeopleOf(app);
    // All at once, since each waits for the deadline.
    const errors = await Promise.all([DISCOVERY, "/token", "/jwks", "/userinfo"].map(errorAt));
    expect(errors).toEqual(Array(4).fill("provider_unavailable"));
    expect(await countPeopleOf(app)).toEqual(before);
  });
});

describe("an issuer that cannot be discovered before the redirect", () => {
  async function start() {
    const answer = await new Browser(app).open(startPath(app, { connection: acme, state: "s" }));
    return arrivedAt(answer);
  }

  it.each<[string, Script]>([
    ["HTML", { broken: { path: "/.well-known/openid-configuration" } }],
    ["500", { broken: { path: "/.well-known/openid-configuration", status: 500 } }],
    ["another issuer's metadata", { metadata: { issuer: "https://accounts.google.com" } }],
    ["no authorization endpoint", { metadata: { authorization_endpoint: undefined } }],
    ["an authorization endpoint that is no page", { metadata: { authorization_endpoint: "javascript:alert(1)" } }],
  ])("%s", async (_title, script) => {
    issuer.script = script;
    expect(await start()).toEqual({ error: "provider_error", error_description: expect.any(String), state: "s" });
  });

  it("is requested again the next time", async () => {
    issuer.script = { broken: { path: "/.well-known/openid-configuration", status: 500 } };
    await start();
    expect(await signIn()).toHaveProperty("token");
  });

  it("in a private network is never requested", async () => {
    const given = { issuer: "https://10.0.0.1", client_secret: ISSUER_CLIENT.client_secret };
    await updateConnection(await getApp(app.id), acme, given, OPERATOR);
    expect((await start()).error).toBe("provider_error");
  });
});

it("endpoints configured by the app's owner override the metadata", async () => {
  const overrides = { authorization_url: `${issuer.url}/authorize?tenant=7`, token_url: `${issuer.url}/token` };
  await connect({ connection: "special", ...overrides });
  issuer.script = {
    metadata: { token_endpoint: "http://127.0.0.1:1/", authorization_endpoint: "http://127.0.0.1:1/" },
  };
  const page = new URL(await begin(new Browser(app), { connection: "special" }));
  expect(page.searchParams.get("tenant")).toBe("7");
  expect(await signIn(issuer.script, "special")).toHaveProperty("token");
});
