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

async function signedIn() {
  const browser = new Browser(app);
  return { browser, tokens: await getTokens(client, browser), session: await browser.session() };
}

function logout(browser: Browser, fields: Fields = {}, at = `/o/${app.id}/logout`) {
  return browser.open(`${at}?${encode(fields)}`);
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

  it("asks for confirmation if the hint is for another user, and revokes nothing before that", async () => {
    const { browser, session } = await signedIn();
    const attacker = await signedIn();
    const answer = await logout(browser, {
      id_token_hint: attacker.tokens.id_token,
      post_logout_redirect_uri: POST_LOGOUT_URI,
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
    expect(answer.body).toContain("<form");
    expect(await isLive(session)).toBe(true);
    expect(await isLive(attacker.session)).toBe(true);
  });
});

describe("logout without a valid id_token_hint, which never redirects (§4),", () => {
  it.each<
    [
      string,
      (tokens: { id_token: string; access_token: string }) => Record<string, string> | Promise<Record<string, string>>,
    ]
  >([
    ["no hint", () => ({})],
    ["no hint, but a client_id", () => ({ client_id: client.id })],
    ["a malformed hint", () => ({ id_token_hint: "nonsense" })],
    ["a changed hint", ({ id_token }) => ({ id_token_hint: `${id_token.slice(0, -4)}AAAA` })],
    ["an access token as the hint", ({ access_token }) => ({ id_token_hint: access_token })],
    [
      "a hint with the algorithm none",
      ({ id_token }) => ({ id_token_hint: `eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.${id_token.split(".")[1]}.` }),
    ],
  ])("asks for confirmation, then shows the signed-out page: %s", async (_, fields) => {
    const { browser, tokens, session } = await signedIn();
    const answer = await logout(browser, {
      ...(await fields(tokens)),
      post_logout_redirect_uri: POST_LOGOUT_URI,
      state: "s",
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
    expect(answer.body).toContain(`action="/o/${app.id}/logout/confirm"`);
    expect(answer.body).toContain(`href="/o/${app.id}/account"`);
    expect(await isLive(session)).toBe(true);
    const confirm = `/o/${app.id}/logout/confirm`;
    const foreign = await browser.open(confirm, { form: {}, headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign.status).toBe(403);
    expect(await isLive(session)).toBe(true);
    const done = await browser.open(confirm, { form: {}, headers: { "sec-fetch-site": "same-origin" } });
    expect([done.status, done.headers.get("location")]).toEqual([200, null]);
    expect(done.body).toContain("You are signed out");
    expect(await isLive(session)).toBe(false);
  });

  it("shows the signed-out page if the user is not signed in", async () => {
    const answer = await send(`/o/${app.id}/logout?${encode({ post_logout_redirect_uri: POST_LOGOUT_URI })}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
  });
});

describe("logout with an invalid request", () => {
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
  ])("shows a 400 page for the unregistered URI %s (§3), revokes nothing and records an event", async (uri) => {
    const { browser, tokens, session } = await signedIn();
    const answer = await logout(browser, { id_token_hint: tokens.id_token, post_logout_redirect_uri: uri });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    expect(answer.body).not.toContain("bye?a=1");
    expect(await isLive(session)).toBe(true);
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, clientId: client.id, reason: "invalid_request" },
    });
    expect(event?.explanation).toMatchObject({
      endpoint: `/o/${app.id}/logout`,
      registered: [POST_LOGOUT_URI, expect.any(String)],
    });
  });

  it("shows a 400 page for the redirect URI of another client", async () => {
    const elsewhere = await someClient(app, { post_logout_redirect_uris: ["https://elsewhere.example/"] });
    const { browser, tokens } = await signedIn();
    const fields = { id_token_hint: tokens.id_token, post_logout_redirect_uri: "https://elsewhere.example/" };
    expect((await logout(browser, fields)).status).toBe(400);
    expect((await logout(browser, { ...fields, client_id: elsewhere.id })).status).toBe(400);
  });

  it("shows a 400 page for a client_id that is not the audience of the hint (§2)", async () => {
    const { browser, tokens, session } = await signedIn();
    expect((await logout(browser, { id_token_hint: tokens.id_token, client_id: other.id })).status).toBe(400);
    expect(await isLive(session)).toBe(true);
  });

  it("shows a 400 page for a hint of another issuer, for an unknown app and without an app", async () => {
    const otherApp = await someApp();
    const foreign = await getTokens(await someClient(otherApp));
    const { browser, session } = await signedIn();
    expect((await logout(browser, { id_token_hint: foreign.id_token })).status).toBe(400);
    expect((await logout(browser, {}, "/o/logout")).status).toBe(400);
    expect((await logout(browser, {}, "/o/app_01nowhere00000/logout")).status).toBe(400);
    expect(await isLive(session)).toBe(true);
  });
});

it("logout by POST redirects to the GET of the same request", async () => {
  const { browser, tokens, session } = await signedIn();
  const form = { id_token_hint: tokens.id_token, post_logout_redirect_uri: POST_LOGOUT_URI, state: "ü\n" };
  const answer = await send(`/o/${app.id}/logout`, { form, headers: { "sec-fetch-site": "cross-site" } });
  expect(answer.status).toBe(303);
  expect(locationOf(answer).pathname).toBe(`/o/${app.id}/logout`);
  expect(await isLive(session)).toBe(true);
  expect(locationOf(await browser.open(locationOf(answer).href)).searchParams.get("state")).toBe("ü\n");
  const raw = await send(`/o/${app.id}/logout`, { form: "state=ü\r\nx: y" });
  expect(raw.status).toBe(303);
});
