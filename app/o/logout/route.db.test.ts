/** OpenID Connect RP-Initiated Logout 1.0. */
import { beforeAll, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorizeUrl,
  Browser,
  encode,
  type Fields,
  getTokens,
  locationOf,
  POST_LOGOUT_URI,
  refreshTokens,
  screenOf,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let other: TestClient;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app, { post_logout_redirect_uris: [POST_LOGOUT_URI, "https://photos.example/bye?a=1"] });
  other = await someClient(app);
});

async function signedIn(at = client) {
  const browser = new Browser(app);
  return { browser, tokens: await getTokens(at, browser), session: await browser.session() };
}

/** /o/logout redirects to the app's own path, which the session cookie is sent to. */
async function logout(browser: Browser, fields: Fields = {}, at = `/o/${app.id}/logout`) {
  const answer = await browser.open(`${at}?${encode(fields)}`);
  if (!/^\/o\/app_\w+\/logout\?posted=/.test(answer.headers.get("location") ?? "")) return answer;
  return browser.open(locationOf(answer).href);
}

async function isLive(session: { id: string }): Promise<boolean> {
  const row = await db().session.findUnique({ where: { appId_id: { appId: app.id, id: session.id } } });
  return row?.revokedAt === null;
}

describe("logout with a valid id_token_hint", () => {
  it("revokes the session, removes the cookie and redirects to the registered URI with state (§3)", async () => {
    for (const at of [`/o/${app.id}/logout`, "/o/logout"]) {
      const { browser, tokens, session } = await signedIn();
      const fields = { id_token_hint: tokens.id_token, post_logout_redirect_uri: POST_LOGOUT_URI, state: "a b&c" };
      const answer = await logout(browser, fields, at);
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toBe(`${POST_LOGOUT_URI}?state=a+b%26c`);
      expect(answer.headers.get("set-cookie")).toMatch(/=; .*Max-Age=0/);
      expect(await isLive(session)).toBe(false);
      expect(screenOf(await browser.open(authorizeUrl(client)))).toBe("signin");
    }
  });

  it("keeps the query of the URI, and adds no parameter if no state was sent", async () => {
    const { browser, tokens } = await signedIn();
    const uri = "https://photos.example/bye?a=1";
    const fields = { id_token_hint: tokens.id_token, post_logout_redirect_uri: uri };
    expect((await logout(browser, { ...fields, state: "s" })).headers.get("location")).toBe(`${uri}&state=s`);
    expect((await logout(browser, fields)).headers.get("location")).toBe(uri);
  });

  it("shows the signed-out page if no redirect URI was sent", async () => {
    const { browser, tokens, session } = await signedIn();
    const answer = await logout(browser, { id_token_hint: tokens.id_token });
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
    expect(answer.body).toContain("You are signed out");
    expect(await isLive(session)).toBe(false);
  });

  it("accepts an expired hint (§2)", async () => {
    const { browser, tokens, session } = await signedIn();
    freezeClock(new Date(Date.now() + 30 * 86_400_000 - 60_000));
    const answer = await logout(browser, { id_token_hint: tokens.id_token, post_logout_redirect_uri: POST_LOGOUT_URI });
    expect(answer.headers.get("location")).toBe(POST_LOGOUT_URI);
    expect(await isLive(session)).toBe(false);
  });

  it("keeps grants with offline access, and revokes the others", async () => {
    const { browser, tokens } = await signedIn();
    const online = await getTokens(client, browser, { scope: "email" });
    await logout(browser, { id_token_hint: tokens.id_token });
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(200);
    expect((await refreshTokens(client, online.refresh_token)).status).toBe(400);
  });
});

/** Presses the button of the confirmation page. */
function confirm(browser: Browser, page: string, site = "same-origin") {
  const fields = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const form = Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value]));
  return browser.open(`/o/${app.id}/logout/confirm`, { form, headers: { "sec-fetch-site": site } });
}

const BACK = { post_logout_redirect_uri: POST_LOGOUT_URI, state: "s" };

/** Logs out, and expects the question. → the page */
async function expectQuestion(
  browser: Browser,
  session: { id: string },
  fields: Record<string, string>,
): Promise<string> {
  const answer = await logout(browser, fields);
  expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
  expect(answer.body).toContain(`action="/o/${app.id}/logout/confirm"`);
  expect(answer.body).toContain(`href="/o/${app.id}/account"`);
  expect(await isLive(session)).toBe(true);
  return answer.body;
}

type Hints = { id_token: string; access_token: string };

const BAD_HINTS: [string, (tokens: Hints) => Record<string, string>][] = [
  ["no hint", () => ({})],
  ["a malformed hint", () => ({ id_token_hint: "nonsense" })],
  ["a changed hint", ({ id_token }) => ({ id_token_hint: `${id_token.slice(0, -4)}AAAA` })],
  ["an access token as the hint", ({ access_token }) => ({ id_token_hint: access_token })],
  [
    "a hint with the algorithm none",
    ({ id_token }) => ({ id_token_hint: `eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.${id_token.split(".")[1]}.` }),
  ],
];

describe("logout without a valid id_token_hint asks first (§4):", () => {
  it.each(BAD_HINTS)("%s, after which it shows the signed-out page", async (_, fields) => {
    const { browser, tokens, session } = await signedIn();
    const page = await expectQuestion(browser, session, { ...fields(tokens), ...BACK });
    expect((await confirm(browser, page, "cross-site")).status).toBe(403);
    expect(await isLive(session)).toBe(true);
    const done = await confirm(browser, page);
    expect([done.status, done.headers.get("location")]).toEqual([200, null]);
    expect(done.body).toContain("You are signed out");
    expect(await isLive(session)).toBe(false);
  });

  it.each(BAD_HINTS)("%s, but the client_id: it returns to the registered URI of this client", async (_, fields) => {
    const { browser, tokens, session } = await signedIn();
    const page = await expectQuestion(browser, session, { ...fields(tokens), ...BACK, client_id: client.id });
    expect(page).toContain("photos.example");
    const done = await confirm(browser, page);
    expect([done.status, done.headers.get("location")]).toEqual([303, `${POST_LOGOUT_URI}?state=s`]);
    expect(await isLive(session)).toBe(false);
  });

  it("a hint for another user: it returns to the registered URI of the hint's client", async () => {
    const { browser, session } = await signedIn();
    const attacker = await signedIn();
    const page = await expectQuestion(browser, session, { id_token_hint: attacker.tokens.id_token, ...BACK });
    expect((await confirm(browser, page)).headers.get("location")).toBe(`${POST_LOGOUT_URI}?state=s`);
    expect([await isLive(session), await isLive(attacker.session)]).toEqual([false, true]);
  });

  it("a client_id that is not the audience of the hint (§2), an unknown client_id, or a hint of another issuer", async () => {
    const foreign = await getTokens(
      await someClient(await someApp(), { post_logout_redirect_uris: [POST_LOGOUT_URI] }),
    );
    const { browser, tokens, session } = await signedIn();
    const requests: Record<string, string>[] = [
      { id_token_hint: tokens.id_token, client_id: other.id },
      { id_token_hint: foreign.id_token },
      { client_id: client.id.replace(/.{6}$/, "000000") },
    ];
    for (const fields of requests) {
      const page = await expectQuestion(browser, session, { ...fields, ...BACK });
      expect(page).not.toContain('name="client_id"');
    }
    const page = await expectQuestion(browser, session, { id_token_hint: foreign.id_token, ...BACK });
    expect((await confirm(browser, page)).headers.get("location")).toBeNull();
    expect(await isLive(session)).toBe(false);
  });

  it("rejects changed values of the question", async () => {
    const { browser, session } = await signedIn();
    const page = await expectQuestion(browser, session, { client_id: client.id, ...BACK });
    const done = await confirm(browser, page.replace(POST_LOGOUT_URI, "https://evil.example/"));
    expect([done.status, done.headers.get("location")]).toEqual([200, null]);
    expect(done.body).not.toContain("evil.example");
    expect(await isLive(session)).toBe(false);
  });

  it("shows the signed-out page if no user is signed in, with a link to the registered URI of the client_id", async () => {
    const at = (fields: object) => send(`/o/${app.id}/logout?${encode({ ...BACK, ...fields })}`);
    const linked = await at({ client_id: client.id });
    expect([linked.status, linked.headers.get("location")]).toEqual([200, null]);
    expect(linked.body).toContain(`href="${POST_LOGOUT_URI}?state=s"`);
    for (const fields of [{}, { client_id: other.id, post_logout_redirect_uri: "https://evil.example/" }]) {
      const answer = await at(fields);
      expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
      expect(answer.body).not.toMatch(/evil\.example|photos\.example/);
    }
  });
});

describe("logout with an unregistered redirect URI", () => {
  it.each([
    "https://evil.example/",
    "https://photos.example/bye/",
    "https://photos.example/bye?b=2",
    "https://photos.example/bye#x",
    "https://photos.example/cb",
    "HTTPS://photos.example/bye",
    "https://photos.example:443/bye",
    "https://x@photos.example/bye",
    "javascript:alert(1)",
    "//evil.example",
  ])("signs the user out, shows the signed-out page for %s (§3) and records an event", async (uri) => {
    // Events of one client are merged.
    const mistaken = await someClient(app);
    const { browser, tokens, session } = await signedIn(mistaken);
    const answer = await logout(browser, { id_token_hint: tokens.id_token, post_logout_redirect_uri: uri });
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
    expect(answer.body).toContain("You are signed out");
    expect(answer.body).toContain("its link isn’t set up correctly");
    expect(answer.body).not.toContain(POST_LOGOUT_URI);
    expect(answer.body).not.toContain(uri);
    expect(await isLive(session)).toBe(false);
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, clientId: mistaken.id, reason: "invalid_request" },
    });
    expect(event?.explanation).toMatchObject({
      endpoint: `/o/${app.id}/logout`,
      sent: uri,
      registered: [POST_LOGOUT_URI],
    });
  });

  it("never redirects to a URI of another client", async () => {
    const elsewhere = await someClient(app, { post_logout_redirect_uris: ["https://elsewhere.example/"] });
    const uri = { post_logout_redirect_uri: "https://elsewhere.example/" };
    for (const fields of [{}, { client_id: elsewhere.id }]) {
      const { browser, tokens } = await signedIn();
      const answer = await logout(browser, { id_token_hint: tokens.id_token, ...uri, ...fields });
      expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
      expect(answer.body).not.toMatch(/href="https:\/\/elsewhere|You then return/);
    }
  });
});

it("logout shows a 400 page for an unknown app, without an app, and for a repeated parameter", async () => {
  const { browser, session } = await signedIn();
  expect((await logout(browser, {}, "/o/logout")).status).toBe(400);
  expect((await logout(browser, {}, "/o/app_01nowhere00000/logout")).status).toBe(400);
  expect((await logout(browser, { state: ["a", "b"] })).status).toBe(400);
  expect(await isLive(session)).toBe(true);
});

describe("logout by POST, which another site sends without cookies,", () => {
  const crossSite = { "sec-fetch-site": "cross-site" };

  it("is stored: it redirects to a GET without any of its values", async () => {
    const { browser, tokens, session } = await signedIn();
    const form = { id_token_hint: tokens.id_token, post_logout_redirect_uri: POST_LOGOUT_URI, state: "ü\n" };
    for (const at of [`/o/${app.id}/logout`, "/o/logout"]) {
      const answer = await send(at, { form, headers: crossSite });
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toMatch(new RegExp(`^/o/${app.id}/logout\\?posted=post_[\\w-]{43}$`));
      expect(await isLive(session)).toBe(true);
    }
    const answer = await send(`/o/${app.id}/logout`, { form, headers: crossSite });
    const returned = locationOf(await browser.open(locationOf(answer).href));
    expect(returned.origin + returned.pathname).toBe(POST_LOGOUT_URI);
    expect(returned.searchParams.get("state")).toBe("ü\n");
    expect(await isLive(session)).toBe(false);
  });

  it("is valid for 10 minutes, in its own app only", async () => {
    const { browser, tokens, session } = await signedIn();
    const form = { id_token_hint: tokens.id_token };
    const target = locationOf(await send(`/o/${app.id}/logout`, { form, headers: crossSite }));
    const neighbor = await someApp();
    expect((await browser.open(target.href.replace(app.id, neighbor.id))).status).toBe(400);
    freezeClock(new Date(Date.now() + 11 * 60_000));
    const late = await browser.open(target.href);
    freezeClock(null);
    expect([late.status, await isLive(session)]).toEqual([400, true]);
    expect(late.body).toContain("expired");
    expect((await browser.open(target.href)).body).toContain("You are signed out");
    expect(await isLive(session)).toBe(false);
  });

  it("is accepted with a large body, and rejected if it names no app", async () => {
    const form = { client_id: client.id, ...Object.fromEntries([1, 2, 3].map((n) => [`x${n}`, "x".repeat(8000)])) };
    expect((await send("/o/logout", { form, headers: crossSite })).status).toBe(303);
    expect((await send("/o/logout", { form: "state=ü\r\nx: y", headers: crossSite })).status).toBe(400);
  });
});
