/** The authorization endpoint: RFC 6749 §4.1.1, §4.1.2, RFC 7636, RFC 9207, RFC 9700 §4.11, OIDC Core §3.1.2. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  authorizeFields,
  authorizeUrl,
  Browser,
  begin,
  CHALLENGE,
  changeClient,
  encode,
  getTokens,
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
/** Signed in, with everything consented. */
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

describe("303 to the client with a code (RFC 6749 §4.1.2)", () => {
  it("has code, state and iss (RFC 9207 §2), and nothing else", async () => {
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
    const answer = await bob.open(`/o/authorize?${encode(authorizeFields(client))}`);
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

  it("has no state if none or an empty one was sent", async () => {
    for (const state of [undefined, ""])
      expect(locationOf(await bob.open(authorizeUrl(client, { state }))).searchParams.has("state")).toBe(false);
  });

  it("keeps the query of a registered redirect URI (RFC 6749 §3.1.2)", async () => {
    const queried = await someClient(app, { redirect_uris: ["https://photos.example/cb?tenant=1&x="] });
    const location = await authorize(bob, queried);
    expect(location.href).toMatch(/^https:\/\/photos\.example\/cb\?tenant=1&x=&code=/);
  });

  it("ignores parameters that it does not know (RFC 6749 §3.1)", async () => {
    const answer = await bob.open(authorizeUrl(client, { foo: "bar", login_hint: "x@example.com", ui_locales: "de" }));
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
  });

  it("uses the only redirect URI for a request without one (RFC 6749 §3.1.2.3)", async () => {
    const answer = await bob.open(authorizeUrl(client, { redirect_uri: undefined }));
    expect(locationOf(answer).href).toMatch(/^https:\/\/photos\.example\/cb\?code=/);
  });

  it("does not ask again for a stored consent, but for a new scope", async () => {
    const wide = await someClient(app, { scopes: ["openid", "email", "photos:read"] });
    await authorize(bob, wide, { scope: "openid email" });
    expect(screenOf(await bob.open(authorizeUrl(wide, { scope: "openid" })))).toBeNull();
    expect(screenOf(await bob.open(authorizeUrl(wide, { scope: "openid photos:read" })))).toBe("consent");
  });
});

describe("response modes", () => {
  it("fragment puts everything after # (OAuth 2.0 Multiple Response Types §2.1)", async () => {
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

  it("are also used for errors", async () => {
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

describe("400 page, never a redirect (RFC 6749 §4.1.2.1), signed in or not", () => {
  const unknownClient = () => client.id.replace(/.{6}$/, "000000");
  it.each<[string, () => Changes]>([
    ["no client_id", () => ({ client_id: undefined })],
    ["an empty client_id", () => ({ client_id: "" })],
    ["an unknown client", () => ({ client_id: unknownClient() })],
    ["nonsense as a client", () => ({ client_id: "'; DROP TABLE" })],
    [
      "a client of another App under this App's path",
      () => ({ client_id: foreign.id, redirect_uri: foreign.redirectUri }),
    ],
    ["client_id twice", () => ({ client_id: [client.id, client.id] })],
    ["redirect_uri twice (RFC 6749 §3.1)", () => ({ redirect_uri: [REDIRECT_URI, "https://evil.example/"] })],
    ["state twice", () => ({ state: ["a", "b"] })],
    ["another host", () => ({ redirect_uri: "https://evil.example/cb" })],
    ["a subdomain", () => ({ redirect_uri: "https://www.photos.example/cb" })],
    ["another scheme", () => ({ redirect_uri: "http://photos.example/cb" })],
    ["another port", () => ({ redirect_uri: "https://photos.example:444/cb" })],
    ["the default port, spelled out", () => ({ redirect_uri: "https://photos.example:443/cb" })],
    ["a path below", () => ({ redirect_uri: `${REDIRECT_URI}/more` })],
    ["a slash more", () => ({ redirect_uri: `${REDIRECT_URI}/` })],
    ["a query more", () => ({ redirect_uri: `${REDIRECT_URI}?a=1` })],
    ["a fragment", () => ({ redirect_uri: `${REDIRECT_URI}#x` })],
    ["userinfo", () => ({ redirect_uri: "https://photos.example@evil.example/cb" })],
    ["an encoded slash", () => ({ redirect_uri: "https://photos.example%2fcb" })],
    ["dots", () => ({ redirect_uri: "https://photos.example/x/../cb" })],
    ["other case", () => ({ redirect_uri: "https://photos.example/CB" })],
    ["a host in upper case", () => ({ redirect_uri: "https://PHOTOS.example/cb" })],
    ["a backslash", () => ({ redirect_uri: "https://evil.example\\@photos.example/cb" })],
    ["a tab inside", () => ({ redirect_uri: "https://photos.example/c\tb" })],
    ["a space before", () => ({ redirect_uri: ` ${REDIRECT_URI}` })],
    ["javascript:", () => ({ redirect_uri: "javascript:alert(1)//photos.example/cb" })],
    ["data:", () => ({ redirect_uri: "data:text/html,<script>alert(1)</script>" })],
    ["no scheme", () => ({ redirect_uri: "//photos.example/cb" })],
    ["NUL", () => ({ redirect_uri: `${REDIRECT_URI}\0` })],
    ["9 KB", () => ({ redirect_uri: `${REDIRECT_URI}?${"x".repeat(9000)}` })],
  ])("%s", async (_, changes) => {
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

  it("a missing redirect_uri where several are registered (RFC 6749 §3.1.2.3)", async () => {
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
    ["https://photos.example:443/cb", "spelling"],
    ["nonsense", "not an absolute URI"],
  ])("for %s names the differing part, %s, and lists nothing that is registered", async (redirect_uri, part) => {
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

  it("for an app that does not exist", async () =>
    expectPage(await send(`/o/app_01nowhere00000/authorize?${encode(authorizeFields(client))}`)));

  it("creates no interaction", async () => {
    const before = await db().authorizationRequest.count();
    await send(authorizeUrl(client, { redirect_uri: "https://evil.example/" }));
    await send(authorizeUrl(client, { response_type: "token" }));
    expect(await db().authorizationRequest.count()).toBe(before);
  });
});

function essentialAcr(...values: string[]): Changes {
  return { claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }) };
}

const ERRORS: [title: string, error: string, changes: Changes][] = [
  ["no response_type (RFC 6749 §3.1.1)", "invalid_request", { response_type: undefined }],
  ["response_type=token (RFC 9700 §2.1.2)", "unsupported_response_type", { response_type: "token" }],
  ["a hybrid response_type", "unsupported_response_type", { response_type: "code id_token" }],
  ["no PKCE", "invalid_request", { code_challenge: undefined, code_challenge_method: undefined }],
  ["plain (RFC 9700 §2.1.1)", "invalid_request", { code_challenge_method: "plain" }],
  ["no method, which means plain (RFC 7636 §4.3)", "invalid_request", { code_challenge_method: undefined }],
  ["a method without a challenge", "invalid_request", { code_challenge: undefined }],
  ["s256 in lower case", "invalid_request", { code_challenge_method: "s256" }],
  ["a challenge of 42 characters (RFC 7636 §4.2)", "invalid_request", { code_challenge: CHALLENGE.slice(1) }],
  ["a challenge of 44 characters", "invalid_request", { code_challenge: `${CHALLENGE}A` }],
  ["a padded challenge", "invalid_request", { code_challenge: `${CHALLENGE.slice(1)}=` }],
  ["an unknown response_mode", "invalid_request", { response_mode: "web_message" }],
  ["an unknown prompt", "invalid_request", { prompt: "please" }],
  ["none with another prompt (OIDC Core §3.1.2.1)", "invalid_request", { prompt: "none login" }],
  ["a negative max_age", "invalid_request", { max_age: "-1" }],
  ["a max_age in words", "invalid_request", { max_age: "soon" }],
  ["only unknown scopes (RFC 6749 §3.3)", "invalid_scope", { scope: "nope" }],
  ["only scopes that the client may not have", "invalid_scope", { scope: "photos:read" }],
  ["a scope in quotes", "invalid_scope", { scope: '"openid"' }],
  ["a request object (OIDC Core §6.1)", "request_not_supported", { request: "eyJhbGciOiJub25lIn0.e30." }],
  ["a request_uri (OIDC Core §6.2)", "request_uri_not_supported", { request_uri: "https://photos.example/r" }],
  ["claims that are no JSON (OIDC Core §5.5)", "invalid_request", { claims: "{" }],
  ["claims that are no object", "invalid_request", { claims: '{"userinfo":[]}' }],
  ["an essential acr that no sign-in has (OIDC Core §5.5.1.1)", "unmet_authentication_requirements", essentialAcr("2")],
  ["a hint that is no token of ours", "invalid_request", { id_token_hint: "eyJhbGciOiJub25lIn0.e30." }],
];

describe("an error for the client (RFC 6749 §4.1.2.1)", () => {
  it.each(ERRORS)("%s: %s by redirect if the user is signed in", async (_, error, changes) => {
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
    "%s: a page if the user is not signed in (RFC 9700 §4.11.2: no open redirector)",
    async (_, error, changes) => {
      const answer = await send(authorizeUrl(client, changes));
      expectPage(answer);
      expect(answer.body).toContain(error);
      // And where the link would have led.
      expect(answer.body).toContain("photos.example");
    },
  );

  it.each(ERRORS.filter(([, , changes]) => !changes.prompt))(
    "%s: by redirect with prompt=none",
    async (_, error, changes) => {
      const location = locationOf(await send(authorizeUrl(client, { ...changes, prompt: "none" })));
      expect(location.href).toMatch(/^https:\/\/photos\.example\/cb\?/);
      expect(location.searchParams.get("error")).toBe(error);
    },
  );

  it("ignores a session of another app", async () => {
    const stranger = new Browser(otherApp);
    await authorize(stranger, foreign);
    expectPage(await stranger.open(authorizeUrl(client, { response_type: "token" })));
    expect(screenOf(await stranger.open(authorizeUrl(client)))).toBe("signin");
  });

  it("leaves an event that names the section", async () => {
    const mistaken = await someClient(app);
    await send(authorizeUrl(mistaken, { response_type: "token" }));
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, clientId: mistaken.id, type: "oauth.rejected" },
    });
    expect(event).toMatchObject({ reason: "unsupported_response_type", explanation: { section: "RFC 9700 §2.1.2" } });
  });

  it("a client id that there is not makes one row a minute, however many are invented", async () => {
    const reached = () => db().auditEvent.count({ where: { appId: otherApp.id, type: "oauth.rejected" } });
    const before = await reached();
    const invented = Array.from({ length: 20 }, (_, n) => foreign.id.slice(0, -2) + String(10 + n));
    const at = `/o/${otherApp.id}/token`;
    for (const client_id of invented) await send(at, { form: { client_id, client_secret: "x" }, ip: newIpAddress() });
    expect((await reached()) - before).toBeLessThanOrEqual(2);
  });

  it("a public client must use PKCE whatever it is registered as (RFC 9700 §2.1.1)", async () => {
    await db().oAuthClient.update({ where: { appId_id: { appId: app.id, id: spa.id } }, data: { pkce: "optional" } });
    const { invalidate } = await import("@/lib/database/cache");
    invalidate(app.id);
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    expect(locationOf(await bob.open(authorizeUrl(spa, without))).searchParams.get("error")).toBe("invalid_request");
  });

  it("a client without the code grant", async () => {
    const changing = await someClient(app, { grant_types: ["authorization_code", "client_credentials"] });
    await changeClient(changing, { grant_types: ["client_credentials"] });
    expect(locationOf(await bob.open(authorizeUrl(changing))).searchParams.get("error")).toBe("unauthorized_client");
  });
});

describe("nothing of the request is markup on a page", () => {
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
  ])("%s", async (name) => {
    const address = `/o/${app.id}/authorize?${encode({ ...authorizeFields(client), [name]: script })}`;
    for (const answer of [await send(address), await bob.open(address)]) {
      expect(answer.status).toBeLessThan(500);
      expect(String(answer.body)).not.toContain("<script>alert");
    }
  });
});

describe("prompt and max_age (OIDC Core §3.1.2.1)", () => {
  let carol: Browser;
  beforeEach(async () => {
    carol = new Browser(app);
    await authorize(carol, client);
  });

  it("none without a session is login_required", async () => {
    const location = locationOf(await send(authorizeUrl(client, { prompt: "none" })));
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: "login_required",
      state: "the-state",
      iss: app.issuer,
    });
  });

  it("what silence cannot do leaves an event too", async () => {
    const silent = await someClient(app);
    await new Browser(app).open(authorizeUrl(silent, { prompt: "none" }));
    await bob.open(authorizeUrl(silent, { prompt: "none" }));
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, clientId: silent.id, type: "oauth.rejected" },
    });
    expect(events.map(({ reason }) => reason).sort()).toEqual(["consent_required", "login_required"]);
  });

  it("none without consent is consent_required, with it a code, and never a page", async () => {
    const fresh = await someClient(app);
    expect(locationOf(await carol.open(authorizeUrl(fresh, { prompt: "none" }))).searchParams.get("error")).toBe(
      "consent_required",
    );
    expect(
      locationOf(await carol.open(authorizeUrl(client, { prompt: "none" }))).searchParams.get("code"),
    ).toBeTruthy();
  });

  it("login asks again, once, and auth_time is the new one", async () => {
    const before = (await carol.session()).authTime;
    const interaction = await begin(carol, client, { prompt: "login" });
    const answer = await carol.signIn(interaction);
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
    expect((await carol.session()).authTime.getTime()).toBeGreaterThan(before.getTime());
  });

  it("max_age=0 asks again, once, and does not loop", async () => {
    const interaction = await begin(carol, client, { max_age: "0" });
    expect(locationOf(await carol.signIn(interaction)).searchParams.get("code")).toBeTruthy();
  });

  it("a session older than max_age signs in; prompt=none then is login_required", async () => {
    const { id } = await carol.session();
    const where = { appId_id: { appId: app.id, id } };
    await db().session.update({ where, data: { authTime: new Date(Date.now() - 61_000) } });
    expect(screenOf(await carol.open(authorizeUrl(client, { max_age: "3600" })))).toBeNull();
    expect(screenOf(await carol.open(authorizeUrl(client, { max_age: "60" })))).toBe("signin");
    const silent = await carol.open(authorizeUrl(client, { max_age: "60", prompt: "none" }));
    expect(locationOf(silent).searchParams.get("error")).toBe("login_required");
  });

  it("the client's own default_max_age holds where none is sent (OIDC Registration §2)", async () => {
    const strict = await someClient(app, { default_max_age: 0 });
    expect(screenOf(await carol.open(authorizeUrl(strict)))).toBe("signin");
  });

  it("consent asks although it is stored", async () => {
    expect(screenOf(await carol.open(authorizeUrl(client, { prompt: "consent" })))).toBe("consent");
  });

  it("select_account asks who, and create offers to sign up", async () => {
    expect(screenOf(await carol.open(authorizeUrl(client, { prompt: "select_account" })))).toBe("select-account");
    expect(screenOf(await carol.open(authorizeUrl(client, { prompt: "create" })))).toBe("signup");
    expect(screenOf(await new Browser(app).open(authorizeUrl(client, { prompt: "create" })))).toBe("signup");
  });

  it("a hint for another user is login_required in silence, and a sign-in otherwise", async () => {
    const dave = new Browser(app);
    const { id_token } = await getTokens(client, dave);
    const silent = await carol.open(authorizeUrl(client, { id_token_hint: id_token, prompt: "none" }));
    expect(locationOf(silent).searchParams.get("error")).toBe("login_required");
    expect(screenOf(await carol.open(authorizeUrl(client, { id_token_hint: id_token })))).toBe("signin");
    const same = await dave.open(authorizeUrl(client, { id_token_hint: id_token, prompt: "none" }));
    expect(locationOf(same).searchParams.get("code")).toBeTruthy();
  });

  it("a sub that the claims parameter asks for by value is a demand (OIDC Core §3.1.2.2)", async () => {
    const wanted = (sub: string) => ({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }), prompt: "none" });
    const other = locationOf(await carol.open(authorizeUrl(client, wanted(await bob.userId()))));
    expect(other.searchParams.get("error")).toBe("login_required");
    const own = locationOf(await carol.open(authorizeUrl(client, wanted(await carol.userId()))));
    expect(own.searchParams.get("code")).toBeTruthy();
  });

  it("a hint of another client is refused", async () => {
    const { id_token } = await getTokens(await someClient(app), carol);
    const answer = await carol.open(authorizeUrl(client, { id_token_hint: id_token }));
    expect(locationOf(answer).searchParams.get("error")).toBe("invalid_request");
  });

  it("a disabled user's session is none", async () => {
    const where = { appId_id: { appId: app.id, id: await carol.userId() } };
    await db().user.update({ where, data: { disabledAt: new Date() } });
    expect(screenOf(await carol.open(authorizeUrl(client)))).toBe("signin");
  });
});

describe("what the OP must understand without failing (OIDC Core §15.1, §5.5.1.1)", () => {
  it.each<Changes>([
    { display: "popup" },
    { display: "hologram" },
    { ui_locales: "fr-CA fr en", claims_locales: "de" },
    { acr_values: "2 3" },
    { login_hint: "another@else.example" },
    { claims: JSON.stringify({ id_token: { acr: { values: ["2"] }, auth_time: { essential: true } } }) },
    essentialAcr("2", "1"),
    { max_age: "100000" },
    { registration: "{}" },
  ])("%j", async (changes) => {
    expect(locationOf(await bob.open(authorizeUrl(client, changes))).searchParams.get("code")).toBeTruthy();
  });
});

describe("a claim that is asked for by itself (OIDC Core §5.5) takes the consent of its scope", () => {
  const claims = JSON.stringify({ userinfo: { email: null }, id_token: { name: null } });
  const openid = { scope: "openid" };

  it("so it is shown to the user, and not given in silence", async () => {
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
    "and a client that may not ask for the scope gets nothing by it (first party: %s)",
    async (first_party) => {
      const narrow = await someClient(app, { scopes: ["openid"], first_party });
      const dave = new Browser(app);
      const { access_token, id_token } = await getTokens(narrow, dave, { ...openid, claims });
      expect((await send("/o/userinfo", { bearer: access_token })).body).toEqual({ sub: await dave.userId() });
      expect(JSON.parse(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString())).not.toHaveProperty("name");
    },
  );
});

it("twenty at once are answered with a code each (RFC 6749 §4.1.2)", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => bob.open(authorizeUrl(client))));
  expect(new Set(answers.map((answer) => locationOf(answer).searchParams.get("code"))).size).toBe(20);
});

describe("POST (OIDC Core §3.1.2.1)", () => {
  it("is answered 303 to a GET of the same request, which has the Lax cookies", async () => {
    const form = authorizeFields(client, { state: "ü &\r\n=" });
    for (const at of [`/o/${app.id}/authorize`, "/o/authorize"]) {
      const answer = await send(at, {
        form,
        headers: { "sec-fetch-site": "cross-site", origin: "https://photos.example" },
      });
      expect(answer.status).toBe(303);
      expect(locationOf(answer).pathname).toBe(at);
      const followed = await bob.open(locationOf(answer).href);
      expect(locationOf(followed).searchParams.get("state")).toBe("ü &\r\n=");
    }
  });

  it("a raw body with line breaks and letters beyond ASCII never breaks the answer", async () => {
    const form = `${encode(authorizeFields(client, { state: undefined }))}&state=ü\r\nSet-Cookie: a=b`;
    const answer = await send(`/o/${app.id}/authorize`, { form });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(locationOf(answer).searchParams.get("state")).toBe("ü\r\nSet-Cookie: a=b");
  });

  it("a body too long for an address is answered as it stands", async () => {
    const form = authorizeFields(client, { state: "s".repeat(7000) });
    const answer = await bob.open(`/o/${app.id}/authorize`, { form });
    expect(locationOf(answer).searchParams.get("state")).toHaveLength(7000);
  });

  it("a body of another type, or too large, is a 400 page", async () => {
    expectPage(await send("/o/authorize", { form: "{}", headers: { "content-type": "application/json" } }));
    expectPage(await send("/o/authorize", { form: `x=${"x".repeat(65_536)}` }));
  });
});

it("gives a loopback address of a public client on any port (RFC 8252 §7.3), and always asks for consent", async () => {
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

it("never gives out a code that a cross-site frame or cache could keep: no store on any answer", async () => {
  for (const changes of [{}, { response_mode: "form_post" }, { prompt: "login" }, { response_type: "x" }])
    expect((await bob.open(authorizeUrl(client, changes))).headers.get("cache-control")).toBe("no-store");
});
