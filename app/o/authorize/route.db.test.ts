/** Authorization endpoint (RFC 6749 §4.1.1, §4.1.2, RFC 7636, RFC 9207, RFC 9700 §4.11, OIDC Core §3.1.2). */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  allow,
  authorize,
  authorizeFields,
  authorizeUrl,
  Browser,
  begin,
  CHALLENGE,
  changeClient,
  encode,
  exchangeCode,
  getTokens,
  interactionOf,
  locationOf,
  newIpAddress,
  REDIRECT_URI,
  screenOf,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

type Changes = Record<string, string | string[] | undefined>;

let app: TestApp;
let otherApp: TestApp;
let client: TestClient;
let spa: TestClient;
let foreign: TestClient;
/** A browser of a user who is signed in and has consented to every scope. */
let bob: Browser;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  await someScopes(app);
  client = await someClient(app);
  spa = await someClient(app, { public: true });
  foreign = await someClient(otherApp);
  bob = new Browser(app);
  await authorize(bob, client);
  await authorize(bob, spa);
});

function expectPage(answer: Awaited<ReturnType<typeof send>>, status = 400): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("location")).toBeNull();
  expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
  expect(answer.headers.get("referrer-policy")).toBe("same-origin");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.body).toContain("req_test");
}

describe("the redirect to the client with a code (RFC 6749 §4.1.2)", () => {
  it("has code, state and iss (RFC 9207 §2), and no other parameter", async () => {
    const answer = await bob.open(authorizeUrl(client));
    expect(answer.status).toBe(303);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const location = locationOf(answer);
    expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      code: expect.stringMatching(/^fc_/),
      state: "the-state",
      iss: app.issuer,
    });
  });

  it("is the same at /o/authorize, which finds the app by the client", async () => {
    const hop = await bob.open(`/o/authorize?${encode(authorizeFields(client))}`);
    const answer = await bob.open(locationOf(hop).href);
    expect(locationOf(answer).searchParams.get("iss")).toBe(app.issuer);
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
  });

  it.each(["a b+c&d=e%20?#/", "ünï ☃ 𝄞", "<script>", "'\"\\", "x".repeat(2000), " "])(
    "echoes the state %j exactly (RFC 6749 §4.1.2)",
    async (state) => {
      for (const response_mode of ["query", "fragment"]) {
        const location = locationOf(await bob.open(authorizeUrl(client, { state, response_mode })));
        const parameters =
          response_mode === "query" ? location.searchParams : new URLSearchParams(location.hash.slice(1));
        expect(parameters.get("state")).toBe(state);
      }
    },
  );

  it("has no state if the request had none or an empty one", async () => {
    for (const state of [undefined, ""])
      expect(locationOf(await bob.open(authorizeUrl(client, { state }))).searchParams.has("state")).toBe(false);
  });

  it("keeps the query of a registered redirect URI (RFC 6749 §3.1.2)", async () => {
    const queried = await someClient(app, { redirect_uris: ["https://photos.example/cb?tenant=1&x="] });
    const location = await authorize(bob, queried);
    expect(location.href).toMatch(/^https:\/\/photos\.example\/cb\?tenant=1&x=&code=/);
  });

  it("ignores unknown parameters of the request (RFC 6749 §3.1)", async () => {
    const answer = await bob.open(authorizeUrl(client, { foo: "bar", login_hint: "x@example.com", ui_locales: "de" }));
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
  });

  it("uses the only registered redirect URI if the request had none (RFC 6749 §3.1.2.3)", async () => {
    const answer = await bob.open(authorizeUrl(client, { redirect_uri: undefined }));
    expect(locationOf(answer).href).toMatch(/^https:\/\/photos\.example\/cb\?code=/);
  });

  it("does not ask again for a consented scope, but asks for a new scope", async () => {
    const wide = await someClient(app, { scopes: ["openid", "email", "photos:read"] });
    await authorize(bob, wide, { scope: "openid email" });
    expect(screenOf(await bob.open(authorizeUrl(wide, { scope: "openid" })))).toBeNull();
    expect(screenOf(await bob.open(authorizeUrl(wide, { scope: "openid photos:read" })))).toBe("consent");
  });
});

describe("the response mode", () => {
  it("fragment puts every parameter after # (OAuth 2.0 Multiple Response Types §2.1)", async () => {
    const location = locationOf(await bob.open(authorizeUrl(client, { response_mode: "fragment" })));
    expect(location.search).toBe("");
    expect([...new URLSearchParams(location.hash.slice(1)).keys()]).toEqual(["code", "state", "iss"]);
  });

  it("form_post is a page that posts to the client, with every value escaped (Form Post §2, §5)", async () => {
    const state = `"><script>alert(1)</script>'&amp;`;
    const answer = await bob.open(authorizeUrl(client, { response_mode: "form_post", state }));
    expectPageOfForm(answer);
    expect(hiddenFields(answer.body)).toEqual({ code: expect.stringMatching(/^fc_/), state, iss: app.issuer });
    expect(answer.body).not.toContain("<script>alert");
  });

  it("also applies to errors", async () => {
    const wrong = { response_type: "token" };
    const fragment = locationOf(await bob.open(authorizeUrl(client, { ...wrong, response_mode: "fragment" })));
    expect(new URLSearchParams(fragment.hash.slice(1)).get("error")).toBe("unsupported_response_type");
    expect(fragment.search).toBe("");
    const posted = await bob.open(authorizeUrl(client, { ...wrong, response_mode: "form_post" }));
    expectPageOfForm(posted);
    expect(hiddenFields(posted.body)).toMatchObject({
      error: "unsupported_response_type",
      state: "the-state",
      iss: app.issuer,
    });
  });
});

function expectPageOfForm(answer: Awaited<ReturnType<typeof send>>): void {
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.body).toContain(`<form method="post" action="${REDIRECT_URI}">`);
  const nonce = /script-src 'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
  expect(answer.body).toContain(`<script nonce="${nonce}">`);
}

function hiddenFields(page: string): Record<string, string> {
  const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
  const fields = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  return Object.fromEntries(
    fields.map(([, name, value]) => [name, value?.replace(/&[a-z#0-9]+;/g, (one) => entities[one] ?? one)]),
  );
}

describe("the 400 page, which replaces a redirect whether or not the user is signed in (RFC 6749 §4.1.2.1),", () => {
  const unknownClient = () => client.id.replace(/.{6}$/, "000000");
  it.each<[string, () => Changes]>([
    ["no client_id", () => ({ client_id: undefined })],
    ["an empty client_id", () => ({ client_id: "" })],
    ["an unknown client", () => ({ client_id: unknownClient() })],
    ["a malformed client_id", () => ({ client_id: "'; DROP TABLE" })],
    [
      "a client of another app under this app's path",
      () => ({ client_id: foreign.id, redirect_uri: foreign.redirectUri }),
    ],
    ["client_id twice", () => ({ client_id: [client.id, client.id] })],
    ["redirect_uri twice (RFC 6749 §3.1)", () => ({ redirect_uri: [REDIRECT_URI, "https://evil.example/"] })],
    ["a redirect_uri with another host", () => ({ redirect_uri: "https://evil.example/cb" })],
    ["a redirect_uri with a subdomain", () => ({ redirect_uri: "https://www.photos.example/cb" })],
    ["a redirect_uri with another scheme", () => ({ redirect_uri: "http://photos.example/cb" })],
    ["a redirect_uri with another port", () => ({ redirect_uri: "https://photos.example:444/cb" })],
    ["a redirect_uri with the default port", () => ({ redirect_uri: "https://photos.example:443/cb" })],
    ["a redirect_uri with an additional path segment", () => ({ redirect_uri: `${REDIRECT_URI}/more` })],
    ["a redirect_uri with a trailing slash", () => ({ redirect_uri: `${REDIRECT_URI}/` })],
    ["a redirect_uri with an additional query", () => ({ redirect_uri: `${REDIRECT_URI}?a=1` })],
    ["a redirect_uri with a fragment", () => ({ redirect_uri: `${REDIRECT_URI}#x` })],
    ["a redirect_uri with userinfo", () => ({ redirect_uri: "https://photos.example@evil.example/cb" })],
    ["a redirect_uri with an encoded slash", () => ({ redirect_uri: "https://photos.example%2fcb" })],
    ["a redirect_uri with dot segments", () => ({ redirect_uri: "https://photos.example/x/../cb" })],
    ["a redirect_uri with a path in another case", () => ({ redirect_uri: "https://photos.example/CB" })],
    ["a redirect_uri with a host in upper case", () => ({ redirect_uri: "https://PHOTOS.example/cb" })],
    ["a redirect_uri with a backslash", () => ({ redirect_uri: "https://evil.example\\@photos.example/cb" })],
    ["a redirect_uri with a tab", () => ({ redirect_uri: "https://photos.example/c\tb" })],
    ["a redirect_uri with a leading space", () => ({ redirect_uri: ` ${REDIRECT_URI}` })],
    ["a redirect_uri with the scheme javascript:", () => ({ redirect_uri: "javascript:alert(1)//photos.example/cb" })],
    ["a redirect_uri with the scheme data:", () => ({ redirect_uri: "data:text/html,<script>alert(1)</script>" })],
    ["a redirect_uri without a scheme", () => ({ redirect_uri: "//photos.example/cb" })],
    ["a redirect_uri with a NUL character", () => ({ redirect_uri: `${REDIRECT_URI}\0` })],
    ["a redirect_uri of 9 KB", () => ({ redirect_uri: `${REDIRECT_URI}?${"x".repeat(9000)}` })],
  ])("is shown for %s", async (_, changes) => {
    for (const response_mode of ["query", "form_post"]) {
      const address = authorizeUrl(client, { ...changes(), response_mode });
      for (const prompt of ["", "&prompt=none"]) {
        expectPage(await send(`${address}${prompt}`));
        const signedIn = await bob.open(`${address}${prompt}`);
        expectPage(signedIn);
        expect(signedIn.body).not.toContain("<form");
        expect(signedIn.body).not.toMatch(/<script>|href=/);
      }
    }
  });

  it("is shown for a missing redirect_uri if several are registered (RFC 6749 §3.1.2.3)", async () => {
    const several = await someClient(app, { redirect_uris: ["https://a.example/", "https://b.example/"] });
    expectPage(await bob.open(authorizeUrl(several, { redirect_uri: undefined })));
  });

  it.each([
    ["https://photos.example/cb/", "slash"],
    ["http://photos.example/cb", "scheme"],
    ["https://evil.example/cb", "host"],
    ["https://photos.example:8443/cb", "port"],
    ["https://photos.example/other", "path"],
    ["https://photos.example/cb?x=1", "query"],
    ["https://photos.example/cb#x", "fragment"],
    ["https://photos.example:443/cb", "default port"],
    ["nonsense", "not an absolute URI"],
  ])("for %s names the differing part, %s, and shows no registered URI", async (redirect_uri, part) => {
    const answer = await send(authorizeUrl(client, { redirect_uri }));
    expect(answer.body).toContain(part);
    expect(answer.body).not.toContain(REDIRECT_URI);
  });

  it("records an event with the sent and the registered value for the app's owner", async () => {
    const mistaken = await someClient(app);
    const redirect_uri = "https://photos.example/callback";
    for (const base of [`/o/${app.id}/authorize`, "/o/authorize"]) {
      await send(`${base}?${encode(authorizeFields(mistaken, { redirect_uri }))}`);
    }
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, clientId: mistaken.id, type: "oauth.rejected" },
    });
    expect(events.reduce((sum, event) => sum + event.count, 0)).toBe(2);
    expect(events[0]?.explanation).toMatchObject({
      sent: redirect_uri,
      registered: [REDIRECT_URI],
      section: "RFC 9700 §2.1",
    });
  });

  it("is shown for an unknown app", async () =>
    expectPage(await send(`/o/app_01nowhere00000/authorize?${encode(authorizeFields(client))}`)));

  it("creates no interaction", async () => {
    const before = await db().authorizationRequest.count();
    await send(authorizeUrl(client, { redirect_uri: "https://evil.example/" }));
    expect(await db().authorizationRequest.count()).toBe(before);
  });
});

function essentialAcr(...values: string[]): Changes {
  return { claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }) };
}

const ERRORS: [title: string, error: string, changes: Changes][] = [
  ["a request without response_type (RFC 6749 §3.1.1)", "invalid_request", { response_type: undefined }],
  ["response_type=token (RFC 9700 §2.1.2)", "unsupported_response_type", { response_type: "token" }],
  ["a hybrid response_type", "unsupported_response_type", { response_type: "code id_token" }],
  ["the challenge method plain (RFC 9700 §2.1.1)", "invalid_request", { code_challenge_method: "plain" }],
  [
    "a challenge without a method, which means plain (RFC 7636 §4.3)",
    "invalid_request",
    { code_challenge_method: undefined },
  ],
  ["a challenge method without a challenge", "invalid_request", { code_challenge: undefined }],
  ["the challenge method s256 in lower case", "invalid_request", { code_challenge_method: "s256" }],
  ["a challenge of 42 characters (RFC 7636 §4.2)", "invalid_request", { code_challenge: CHALLENGE.slice(1) }],
  ["a challenge of 44 characters", "invalid_request", { code_challenge: `${CHALLENGE}A` }],
  ["a padded challenge", "invalid_request", { code_challenge: `${CHALLENGE.slice(1)}=` }],
  ["an unknown response_mode", "invalid_request", { response_mode: "web_message" }],
  ["an unknown prompt", "invalid_request", { prompt: "please" }],
  ["prompt=none with another prompt (OIDC Core §3.1.2.1)", "invalid_request", { prompt: "none login" }],
  ["a negative max_age", "invalid_request", { max_age: "-1" }],
  ["a max_age that is not a number", "invalid_request", { max_age: "soon" }],
  ["state twice (RFC 6749 §3.1)", "invalid_request", { state: ["the-state", "b"] }],
  ["scope twice", "invalid_request", { scope: ["openid", "email"] }],
  ["only unknown scopes (RFC 6749 §3.3)", "invalid_scope", { scope: "nope" }],
  ["only scopes that the client is not allowed to request", "invalid_scope", { scope: "photos:read" }],
  ["a scope in quotes", "invalid_scope", { scope: '"openid"' }],
  ["an unsigned request object (RFC 9101 §6)", "invalid_request_object", { request: "eyJhbGciOiJub25lIn0.e30." }],
  ["a request_uri (OIDC Core §6.2)", "request_uri_not_supported", { request_uri: "https://photos.example/r" }],
  ["a claims parameter that is not JSON (OIDC Core §5.5)", "invalid_request", { claims: "{" }],
  ["a claims parameter with a member that is not an object", "invalid_request", { claims: '{"userinfo":[]}' }],
  ["claims with NUL", "invalid_request", { claims: '{"userinfo":{"email":{"value":"\\u0000"}}}' }],
  ["claims with a lone surrogate", "invalid_request", { claims: '{"id_token":{"email":{"value":"\\ud800"}}}' }],
  [
    "claims with 1,300 levels",
    "invalid_request",
    { claims: `{"userinfo":${'{"a":'.repeat(1300)}0${"}".repeat(1301)}` },
  ],
  ["an essential acr that no sign-in has (OIDC Core §5.5.1.1)", "unmet_authentication_requirements", essentialAcr("9")],
  ["an id_token_hint that Foyer did not issue", "invalid_request", { id_token_hint: "eyJhbGciOiJub25lIn0.e30." }],
];

describe("an error for the client (RFC 6749 §4.1.2.1)", () => {
  it.each(ERRORS)("for %s is %s, and is sent by redirect if the user is signed in", async (_, error, changes) => {
    const answer = await bob.open(authorizeUrl(client, changes));
    expect(answer.status).toBe(303);
    const location = locationOf(answer);
    expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      error,
      error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
      state: "the-state",
      iss: app.issuer,
    });
  });

  it.each(ERRORS)(
    "for %s is sent after the user has signed in (RFC 9700 §4.11.2: no open redirector)",
    async (_, error, changes) => {
      const carol = new Browser(app);
      const first = await carol.open(authorizeUrl(client, changes));
      expect(screenOf(first)).toBe("signin");
      const location = locationOf(await carol.signUp(interactionOf(first)));
      expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
      expect(Object.fromEntries(location.searchParams)).toMatchObject({ error, state: "the-state", iss: app.issuer });
    },
  );

  it.each(ERRORS.filter(([, , changes]) => !changes.prompt))(
    "for %s is sent by redirect with prompt=none",
    async (_, error, changes) => {
      const location = locationOf(await send(authorizeUrl(client, { ...changes, prompt: "none" })));
      expect(location.href).toMatch(/^https:\/\/photos\.example\/cb\?/);
      expect(location.searchParams.get("error")).toBe(error);
    },
  );

  it("is not sent by redirect if the session is of another app", async () => {
    const stranger = new Browser(otherApp);
    await authorize(stranger, foreign);
    expect(screenOf(await stranger.open(authorizeUrl(client, { response_type: "token" })))).toBe("signin");
    expect(screenOf(await stranger.open(authorizeUrl(client)))).toBe("signin");
  });

  it("is recorded as an event that names the RFC section", async () => {
    const mistaken = await someClient(app);
    await send(authorizeUrl(mistaken, { response_type: "token" }));
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, clientId: mistaken.id, type: "oauth.rejected" },
    });
    expect(event).toMatchObject({ reason: "unsupported_response_type", explanation: { section: "RFC 9700 §2.1.2" } });
  });

  it("for unknown client IDs is recorded as one row a minute, however many IDs are sent", async () => {
    const reached = () => db().auditEvent.count({ where: { appId: otherApp.id, type: "oauth.rejected" } });
    const before = await reached();
    const invented = Array.from({ length: 20 }, (_, n) => foreign.id.slice(0, -2) + String(10 + n));
    const at = `/o/${otherApp.id}/token`;
    for (const client_id of invented) await send(at, { form: { client_id, client_secret: "x" }, ip: newIpAddress() });
    expect((await reached()) - before).toBeLessThanOrEqual(2);
  });

  it("is sent to a client with a secret only if its PKCE is required (RFC 9700 §2.1.1)", async () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    const server = await someClient(app);
    expect((await authorize(bob, server, without)).searchParams.get("code")).toBeTruthy();
    await changeClient(server, { pkce: "required" });
    const answer = locationOf(await bob.open(authorizeUrl(server, without))).searchParams;
    expect(answer.get("error")).toBe("invalid_request");
    expect(answer.get("error_description")).toMatch(/code_challenge is missing/);
    expect((await authorize(bob, server)).searchParams.get("code")).toBeTruthy();
  });

  it("says to send S256 if a challenge has no method (RFC 7636 §4.3)", async () => {
    const answer = locationOf(await bob.open(authorizeUrl(client, { code_challenge_method: undefined })));
    expect(answer.searchParams.get("error_description")).toMatch(/Send code_challenge_method=S256$/);
  });

  it("is sent to a public client without PKCE, whatever its settings are (RFC 9700 §2.1.1)", async () => {
    await db().oAuthClient.update({ where: { appId_id: { appId: app.id, id: spa.id } }, data: { pkce: "optional" } });
    const { invalidate } = await import("@/lib/database/cache");
    invalidate(app.id);
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    expect(locationOf(await bob.open(authorizeUrl(spa, without))).searchParams.get("error")).toBe("invalid_request");
  });

  it("is sent to a client without the authorization code grant", async () => {
    const changing = await someClient(app, { grant_types: ["authorization_code", "client_credentials"] });
    await changeClient(changing, { grant_types: ["client_credentials"] });
    expect(locationOf(await bob.open(authorizeUrl(changing))).searchParams.get("error")).toBe("unauthorized_client");
  });
});

describe("every page of the authorization endpoint", () => {
  const script = `"'><script>alert(1)</script>`;
  it.each([
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "prompt",
    "response_mode",
    "nonce",
    "login_hint",
    script,
  ])("contains no markup from the parameter %s", async (name) => {
    const address = `/o/${app.id}/authorize?${encode({ ...authorizeFields(client), [name]: script })}`;
    for (const answer of [await send(address), await bob.open(address)]) {
      expect(answer.status).toBeLessThan(500);
      expect(String(answer.body)).not.toContain("<script>alert");
    }
  });
});

describe("the prompt and max_age parameters (OIDC Core §3.1.2.1)", () => {
  let carol: Browser;
  beforeEach(async () => {
    carol = new Browser(app);
    await authorize(carol, client);
  });

  it("return login_required for prompt=none without a session", async () => {
    const location = locationOf(await send(authorizeUrl(client, { prompt: "none" })));
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: "login_required",
      state: "the-state",
      iss: app.issuer,
    });
  });

  it("record an event if a request with prompt=none is rejected", async () => {
    const silent = await someClient(app);
    await new Browser(app).open(authorizeUrl(silent, { prompt: "none" }));
    await bob.open(authorizeUrl(silent, { prompt: "none" }));
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, clientId: silent.id, type: "oauth.rejected" },
    });
    expect(events.map(({ reason }) => reason).sort()).toEqual(["consent_required", "login_required"]);
  });

  it("return consent_required for prompt=none without consent, a code with consent, and never a page", async () => {
    const fresh = await someClient(app);
    expect(locationOf(await carol.open(authorizeUrl(fresh, { prompt: "none" }))).searchParams.get("error")).toBe(
      "consent_required",
    );
    expect(
      locationOf(await carol.open(authorizeUrl(client, { prompt: "none" }))).searchParams.get("code"),
    ).toBeTruthy();
  });

  it("ask for one new sign-in for prompt=login, and auth_time is the time of that sign-in", async () => {
    const before = (await carol.session()).authTime;
    const interaction = await begin(carol, client, { prompt: "login" });
    const answer = await carol.signIn(interaction);
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
    expect((await carol.session()).authTime.getTime()).toBeGreaterThan(before.getTime());
  });

  it("ask for one new sign-in for max_age=0, and do not loop", async () => {
    const interaction = await begin(carol, client, { max_age: "0" });
    expect(locationOf(await carol.signIn(interaction)).searchParams.get("code")).toBeTruthy();
  });

  it("ask for a sign-in if the session is older than max_age, or return login_required with prompt=none", async () => {
    const { id } = await carol.session();
    const where = { appId_id: { appId: app.id, id } };
    await db().session.update({ where, data: { authTime: new Date(Date.now() - 61_000) } });
    expect(screenOf(await carol.open(authorizeUrl(client, { max_age: "3600" })))).toBeNull();
    expect(screenOf(await carol.open(authorizeUrl(client, { max_age: "60" })))).toBe("signin");
    const silent = await carol.open(authorizeUrl(client, { max_age: "60", prompt: "none" }));
    expect(locationOf(silent).searchParams.get("error")).toBe("login_required");
  });

  it("use the client's default_max_age if the request has no max_age (OIDC Registration §2)", async () => {
    const strict = await someClient(app, { default_max_age: 0 });
    expect(screenOf(await carol.open(authorizeUrl(strict)))).toBe("signin");
  });

  it("ask for consent for prompt=consent, even if a consent is stored", async () => {
    expect(screenOf(await carol.open(authorizeUrl(client, { prompt: "consent" })))).toBe("consent");
  });

  it("ask the user to select an account for select_account, and to sign up for create", async () => {
    expect(screenOf(await carol.open(authorizeUrl(client, { prompt: "select_account" })))).toBe("select-account");
    expect(screenOf(await carol.open(authorizeUrl(client, { prompt: "create" })))).toBe("signup");
    expect(screenOf(await new Browser(app).open(authorizeUrl(client, { prompt: "create" })))).toBe("signup");
  });

  it("return login_required for a hint for another user with prompt=none, and ask for a sign-in otherwise", async () => {
    const dave = new Browser(app);
    const { id_token } = await getTokens(client, dave);
    const silent = await carol.open(authorizeUrl(client, { id_token_hint: id_token, prompt: "none" }));
    expect(locationOf(silent).searchParams.get("error")).toBe("login_required");
    expect(screenOf(await carol.open(authorizeUrl(client, { id_token_hint: id_token })))).toBe("signin");
    const same = await dave.open(authorizeUrl(client, { id_token_hint: id_token, prompt: "none" }));
    expect(locationOf(same).searchParams.get("code")).toBeTruthy();
  });

  it("require the user whose sub the claims parameter requests by value (OIDC Core §3.1.2.2)", async () => {
    const wanted = (sub: string) => ({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }), prompt: "none" });
    const other = locationOf(await carol.open(authorizeUrl(client, wanted(await bob.userId()))));
    expect(other.searchParams.get("error")).toBe("login_required");
    const own = locationOf(await carol.open(authorizeUrl(client, wanted(await carol.userId()))));
    expect(own.searchParams.get("code")).toBeTruthy();
  });

  it("return an error for a hint of another client", async () => {
    const { id_token } = await getTokens(await someClient(app), carol);
    const answer = await carol.open(authorizeUrl(client, { id_token_hint: id_token }));
    expect(locationOf(answer).searchParams.get("error")).toBe("invalid_request");
  });

  it("treat the session of a disabled user as no session", async () => {
    const where = { appId_id: { appId: app.id, id: await carol.userId() } };
    await db().user.update({ where, data: { disabledAt: new Date() } });
    expect(screenOf(await carol.open(authorizeUrl(client)))).toBe("signin");
  });
});

describe("the authorization endpoint, for parameters that must not cause an error (OIDC Core §15.1, §5.5.1.1)", () => {
  it.each<Changes>([
    { display: "popup" },
    { display: "hologram" },
    { ui_locales: "fr-CA fr en", claims_locales: "de" },
    { acr_values: "3 gold" },
    { acr_values: "2 1" },
    { login_hint: "another@else.example" },
    { claims: JSON.stringify({ id_token: { acr: { values: ["9"] }, auth_time: { essential: true } } }) },
    essentialAcr("2", "1"),
    { max_age: "100000" },
    { registration: "{}" },
  ])("accepts %j", async (changes) => {
    expect(locationOf(await bob.open(authorizeUrl(client, changes))).searchParams.get("code")).toBeTruthy();
  });
});

describe("an individually requested claim (OIDC Core §5.5), which needs consent to its scope,", () => {
  const claims = JSON.stringify({ userinfo: { email: null }, id_token: { name: null } });
  const openid = { scope: "openid" };

  it("is shown to the user, and is not returned without consent", async () => {
    const dave = new Browser(app);
    await authorize(dave, client, openid);
    const silent = await dave.open(authorizeUrl(client, { ...openid, claims, prompt: "none" }));
    expect(locationOf(silent).searchParams.get("error")).toBe("consent_required");
    expect(screenOf(await dave.open(authorizeUrl(client, { ...openid, claims })))).toBe("consent");
    const tokens = await getTokens(client, dave, { ...openid, claims });
    expect(tokens.scope).toBe("openid");
    const { body } = await send("/o/userinfo", { bearer: tokens.access_token });
    expect(body).toEqual({ sub: await dave.userId(), email: dave.email });
  });

  it.each([false, true])(
    "is not returned to a client that is not allowed to request the scope (first party: %s)",
    async (first_party) => {
      const narrow = await someClient(app, { scopes: ["openid"], first_party });
      const dave = new Browser(app);
      const { access_token, id_token } = await getTokens(narrow, dave, { ...openid, claims });
      expect((await send("/o/userinfo", { bearer: access_token })).body).toEqual({ sub: await dave.userId() });
      expect(JSON.parse(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString())).not.toHaveProperty("name");
    },
  );
});

it("20 concurrent authorization requests each get their own code (RFC 6749 §4.1.2)", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => bob.open(authorizeUrl(client))));
  expect(new Set(answers.map((answer) => locationOf(answer).searchParams.get("code"))).size).toBe(20);
});

describe("an authorization request by POST (OIDC Core §3.1.2.1)", () => {
  it("is stored: it gets a 303 redirect to a GET, which has the SameSite=Lax cookies, without any of its values", async () => {
    const form = authorizeFields(client, { state: "ü &\r\n=" });
    for (const at of [`/o/${app.id}/authorize`, "/o/authorize"]) {
      const answer = await send(at, {
        form,
        headers: { "sec-fetch-site": "cross-site", origin: "https://photos.example" },
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toMatch(new RegExp(`^/o/${app.id}/authorize\\?posted=post_[\\w-]{43}$`));
      const followed = await bob.open(locationOf(answer).href);
      expect(locationOf(followed).searchParams.get("state")).toBe("ü &\r\n=");
    }
  });

  it("gets a valid response if the raw body has line breaks and characters beyond ASCII", async () => {
    const form = `${encode(authorizeFields(client, { state: undefined }))}&state=ü\r\nSet-Cookie: a=b`;
    const answer = await send(`/o/${app.id}/authorize`, { form });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("set-cookie")).toBeNull();
    const followed = await bob.open(locationOf(answer).href);
    expect(locationOf(followed).searchParams.get("state")).toBe("ü\r\nSet-Cookie: a=b");
  });

  it("may be longer than a URL, and continues after the sign-in", async () => {
    const form = authorizeFields(client, { state: "s".repeat(8000) });
    const target = locationOf(await send(`/o/${app.id}/authorize`, { form })).href;
    expect(locationOf(await bob.open(target)).searchParams.get("state")).toHaveLength(8000);
    const carol = new Browser(app);
    const signUp = await carol.signUp(interactionOf(await carol.open(target)));
    const allowed = await allow(carol, interactionOf(signUp));
    expect(locationOf(allowed).searchParams.get("state")).toHaveLength(8000);
  });

  it("gets a 400 page if it names no client, or if the stored request belongs to another app or has expired", async () => {
    expectPage(await send("/o/authorize", { form: { state: "s" } }));
    const { href } = locationOf(await send(`/o/${app.id}/authorize`, { form: authorizeFields(client) }));
    expectPage(await bob.open(href.replace(app.id, otherApp.id)));
    freezeClock(new Date(Date.now() + 11 * 60_000));
    expectPage(await bob.open(href));
    freezeClock(null);
    expect(locationOf(await bob.open(href)).searchParams.get("code")).toBeTruthy();
  });

  it("gets a 400 page if its body has another type or is too large", async () => {
    expectPage(await send("/o/authorize", { form: "{}", headers: { "content-type": "application/json" } }));
    expectPage(await send("/o/authorize", { form: `x=${"x".repeat(65_536)}` }));
  });
});

it("a loopback redirect URI of a public client is accepted on any port (RFC 8252 §7.3), and always needs consent", async () => {
  const native = await someClient(app, {
    public: true,
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/cb"],
  });
  for (const redirect_uri of ["http://127.0.0.1:51004/cb", "http://127.0.0.1:7/cb"]) {
    const answer = await bob.open(authorizeUrl(native, { redirect_uri }));
    expect(screenOf(answer)).toBe("consent");
    expect((await authorize(bob, native, { redirect_uri })).href).toContain(`${redirect_uri}?code=`);
  }
  expectPage(await bob.open(authorizeUrl(native, { redirect_uri: "http://localhost:7/cb" })));
  const server = await someClient(app, { redirect_uris: ["http://127.0.0.1/cb"] });
  expectPage(await bob.open(authorizeUrl(server, { redirect_uri: "http://127.0.0.1:7/cb" })));
});

it("a loopback redirect URI of a native client with a secret is accepted on any port, up to the tokens", async () => {
  const native = await someClient(app, { application_type: "native", redirect_uris: ["http://127.0.0.1/cb"] });
  const redirect_uri = "http://127.0.0.1:51004/cb";
  const code = (await authorize(bob, native, { redirect_uri })).searchParams.get("code") ?? "";
  expect((await exchangeCode(native, code, { redirect_uri })).status).toBe(200);
});

it("a custom scheme without a dot of a native client gets the code", async () => {
  const native = await someClient(app, { public: true, redirect_uris: ["cursor://prints/cb"] });
  expect((await authorize(bob, native)).href).toMatch(/^cursor:\/\/prints\/cb\?code=fc_/);
});

it("the authorization endpoint sends Cache-Control: no-store with every response", async () => {
  for (const changes of [{}, { response_mode: "form_post" }, { prompt: "login" }, { response_type: "x" }])
    expect((await bob.open(authorizeUrl(client, changes))).headers.get("cache-control")).toBe("no-store");
});
