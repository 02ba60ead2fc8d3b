/** Magic links: requested with an API key, opened by users, programs and mail scanners. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as refreshRoute } from "@/app/api/auth/refresh/[app_id]/route";
import { GET as meRoute } from "@/app/api/me/route";
import { deleteApp } from "@/lib/apps/delete";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { OPERATOR } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";
import { POST as login } from "../../credentials/login/[app_id]/route";
import { POST as ask } from "../../magic-link/[app_id]/route";
import { GET, POST } from "./route";

const RETURN_URL = "https://blog.example.com/signed-in?from=mail";
const JSON_ONLY = { accept: "application/json" };
const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "sec-fetch-site": "none" };

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
  await updateApp(app.id, { settings: { return_urls: [RETURN_URL] } }, OPERATOR);
});
beforeEach(() => forgetState("limit/link-redemptions"));

function askFor(email: string, more: Record<string, unknown> = {}, of = app) {
  return call(ask, { params: { app_id: of.id }, bearer: of.apiKey, body: { email, ...more } });
}

async function mailed(email = someEmail(), more: Record<string, unknown> = {}) {
  expect(await askFor(email, more)).toMatchObject({ status: 202, body: { status: "sent" } });
  return { email, ...(await lastMail(email)) };
}

function get(path: string, headers: Record<string, string>, method = "GET", appId = app.id) {
  return call(GET, { params: { app_id: appId }, path, headers, method });
}

function post(body: unknown, appId = app.id, ip?: string) {
  return call(POST, { params: { app_id: appId }, body, ip });
}

function press(token: string, headers: Record<string, string> = { "sec-fetch-site": "same-origin" }) {
  const form = { ...BROWSER, ...headers, "content-type": "application/x-www-form-urlencoded" };
  return call(POST, { params: { app_id: app.id }, headers: form, body: new URLSearchParams({ token }).toString() });
}

function users(email: string) {
  return db().user.findMany({ where: { appId: app.id, emailCanonical: email } });
}

describe("202 for a magic link", () => {
  it("responds alike for a known and an unknown email, and creates no user before the link is opened", async () => {
    const known = (await someSession(app.id)).email;
    const unknown = someEmail();
    const [a, b] = [await askFor(known), await askFor(unknown)];
    expect([a.status, a.body]).toEqual([b.status, b.body]);
    expect(a.body).toEqual({ status: "sent" });
    expect(await users(unknown)).toEqual([]);
  });

  it("sends a link under PUBLIC_URL and a 6-digit code", async () => {
    const { path, content } = await mailed();
    expect(path).toMatch(new RegExp(`^/api/auth/verify/${app.id}\\?token=[\\w.-]+$`));
    expect(content.code).toMatch(/^\d{6}$/);
    expect(content.subject).toBe("Sign in to Photo Blog");
  });

  it("sends at most five in ten minutes to one email, even if 20 are requested at once", async () => {
    const email = someEmail();
    const all = await Promise.all(Array.from({ length: 20 }, () => askFor(email)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await db().mail.count({ where: { appId: app.id, toCanonical: email } })).toBe(5);
  });

  it.each([{ signups: "closed" }, { signups: "invite_only" }, { allowed_email_domains: ["corp.example"] }])(
    "%j: no email goes to new people, and users still get theirs",
    async (settings) => {
      const strict = await someApp();
      const { email } = await someSession(strict.id);
      await updateApp(strict.id, { settings }, OPERATOR);
      const stranger = someEmail();
      expect((await askFor(stranger, {}, strict)).status).toBe(202);
      expect((await askFor(email, {}, strict)).status).toBe(202);
      expect(await db().mail.count({ where: { appId: strict.id, toCanonical: stranger } })).toBe(0);
      expect(await lastMail(email)).toMatchObject({ template: "magic_link" });
    },
  );
});

describe("rejected before anything is sent", () => {
  it.each([
    undefined,
    "",
    "bob",
    "a@b",
    "bob@example.com, eve@example.com",
    7,
    "b\0b@example.com",
    `${"a".repeat(400)}@example.com`,
  ])("400 for the email %j", async (email) => {
    const answer = await call(ask, { params: { app_id: app.id }, bearer: app.apiKey, body: { email } });
    expect(answer).toMatchObject({ status: 400, body: { fields: { email: expect.any(String) } } });
  });

  it.each([
    "https://evil.example/",
    `${RETURN_URL}&x=1`,
    "https://blog.example.com/signed-in",
    "https://blog.example.com/signed-in/../signed-in?from=mail",
    "javascript:alert(1)",
  ])("400 for the redirect_uri %s, which is not registered", async (redirect_uri) => {
    const answer = await askFor(someEmail(), { redirect_uri });
    expect(answer).toMatchObject({ status: 400, body: { fields: { redirect_uri: expect.any(String) } } });
  });

  it("rejects a missing key with 401 and another app's key with 404", async () => {
    const body = { email: someEmail() };
    expect((await call(ask, { params: { app_id: app.id }, body })).status).toBe(401);
    expect((await call(ask, { params: { app_id: app.id }, bearer: otherApp.apiKey, body })).status).toBe(404);
  });

  it("403 if the app has disabled them, also for a link that was already sent", async () => {
    const other = await someApp();
    const email = someEmail();
    await askFor(email, {}, other);
    const { path } = await lastMail(email);
    await updateApp(other.id, { settings: { methods: { magic_link: false } } }, OPERATOR);
    expect(await askFor(email, {}, other)).toMatchObject({ status: 403, body: { error: "method_disabled" } });
    expect((await get(path, JSON_ONLY, "GET", other.id)).status).toBe(403);
  });
});

describe("a program that accepts JSON", () => {
  it("gets a session once, and the new user's email is verified", async () => {
    const { email, path } = await mailed();
    const { status, body, headers } = await get(path, JSON_ONLY);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 900, user: { email, email_verified: true } });
    expect((await call(meRoute, { bearer: body.token })).body.email).toBe(email);
    const refreshed = await call(refreshRoute, {
      params: { app_id: app.id },
      body: { refresh_token: body.refresh_token },
    });
    expect(refreshed.status).toBe(200);
    expect(await get(path, JSON_ONLY)).toMatchObject({ status: 400, body: { error: "link_used" } });
  });

  it("signs in once if it is used 20 times at once, and creates one user", async () => {
    const { email, token } = await mailed();
    const all = await Promise.all(Array.from({ length: 20 }, () => post({ token })));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status, body }) => status === 400 && body.error === "link_used")).toHaveLength(19);
    expect(await users(email)).toHaveLength(1);
  });

  it("two links of one new email at once create one user", async () => {
    const email = someEmail();
    const links = [await mailed(email), await mailed(email)];
    const all = await Promise.all(links.map(({ token }) => post({ token })));
    expect(all.map(({ status }) => status)).toEqual([200, 200]);
    expect(await users(email)).toHaveLength(1);
  });
});

describe("a browser, a mail scanner, curl", () => {
  it.each([BROWSER, { accept: "*/*" }, {}])(
    "with %j gets a page with a button, and does not use the link up",
    async (headers) => {
      const { email, path, token } = await mailed();
      for (let time = 0; time < 3; time++) {
        const page = await get(path, headers as Record<string, string>);
        expect(page.status).toBe(200);
        expect(page.headers.get("content-type")).toMatch(/^text\/html/);
        expect(page.body).toContain("Photo Blog");
        expect(page.body).toContain(email);
        expect(page.body.match(/<button/g)).toHaveLength(1);
      }
      expect((await post({ token })).status).toBe(200);
    },
  );

  it("does not use the link up by HEAD, whatever it accepts", async () => {
    const { path, token } = await mailed();
    expect((await get(path, JSON_ONLY, "HEAD")).status).toBe(200);
    expect((await post({ token })).status).toBe(200);
  });

  it("is redirected by the button to the return URL, with a token for five minutes and the state", async () => {
    const { email, token } = await mailed(undefined, { redirect_uri: RETURN_URL, state: "from the blog" });
    const answer = await press(token);
    expect(answer.status).toBe(303);
    const to = new URL(answer.headers.get("location") ?? "");
    expect(`${to.origin}${to.pathname}`).toBe("https://blog.example.com/signed-in");
    expect(to.searchParams.get("from")).toBe("mail");
    expect(to.searchParams.get("state")).toBe("from the blog");
    expect((await call(meRoute, { bearer: to.searchParams.get("token") ?? "" })).body.email).toBe(email);
    expect((await press(token)).status).toBe(400);
  });

  it("is told that it is signed in if there is no return URL", async () => {
    const { token } = await mailed();
    const page = await press(token);
    expect(page.status).toBe(200);
    expect(page.body).toContain("You are signed in");
    expect(page.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax/);
  });

  it("is not redirected to a return URL that the app removed, and the link stays unused", async () => {
    const { token } = await mailed(undefined, { redirect_uri: RETURN_URL });
    await updateApp(app.id, { settings: { return_urls: [] } }, OPERATOR);
    const refused = await press(token);
    await updateApp(app.id, { settings: { return_urls: [RETURN_URL] } }, OPERATOR);
    expect(refused.status).toBe(400);
    expect(refused.headers.get("location")).toBeNull();
    expect((await press(token)).status).toBe(303);
  });

  it("cannot be made to submit the button by another site", async () => {
    const { token } = await mailed();
    expect((await press(token, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await press(token)).status).toBe(200);
  });
});

describe("the code of the same email", () => {
  it("signs in once, and uses the link up too", async () => {
    const { email, content, token } = await mailed();
    const code = `${content.code?.slice(0, 3)} ${content.code?.slice(3)}`;
    expect(await post({ email, code })).toMatchObject({ status: 200, body: { user: { email, email_verified: true } } });
    expect(await post({ email, code })).toMatchObject({ status: 401, body: { error: "invalid_code" } });
    expect((await post({ token })).body.error).toBe("link_used");
  });

  it("stops working after five wrong codes, but the link does not", async () => {
    const { email, content, token } = await mailed();
    const wrong = content.code === "000000" ? "000001" : "000000";
    for (let guess = 0; guess < 5; guess++) expect((await post({ email, code: wrong })).status).toBe(401);
    expect((await post({ email, code: content.code })).status).toBe(401);
    expect((await post({ token })).status).toBe(200);
  });

  it("does not work for another app", async () => {
    const { email, content } = await mailed();
    expect((await post({ email, code: content.code }, otherApp.id)).status).toBe(401);
    expect((await post({ email, code: content.code })).status).toBe(200);
  });
});

describe("an invalid link is rejected", () => {
  it("if it is another app's, changed, truncated, missing or of the wrong type", async () => {
    const { token } = await mailed();
    expect((await post({ token }, otherApp.id)).body.error).toBe("invalid_link");
    const bad = [token.slice(0, -3), `${token}x`, "nonsense", "a.b.c", "", undefined, 7, "x".repeat(5000), "a\0b"];
    for (const one of bad) expect((await post({ token: one })).status, String(one)).toBe(400);
    for (const path of [`/?token=${token.slice(0, -3)}`, "/", "/?token="]) {
      expect((await get(path, BROWSER)).status).toBe(400);
      expect((await get(path, JSON_ONLY)).status).toBe(400);
    }
    expect((await post({ token })).status).toBe(200);
  });

  it("if it is older than 15 minutes", async () => {
    const { token, path } = await mailed();
    freezeClock(new Date(now().getTime() + 15 * 60_000 + 1000));
    expect(await post({ token })).toMatchObject({ status: 400, body: { error: "link_expired" } });
    expect((await get(path, BROWSER)).body).toContain("has expired");
  });

  it("if the user was disabled in the meantime (403), and the link stays unused", async () => {
    const { email } = await someSession(app.id);
    await db().user.updateMany({ where: { appId: app.id, emailCanonical: email }, data: { emailVerifiedAt: now() } });
    const { token } = await mailed(email);
    await db().user.updateMany({ where: { appId: app.id, emailCanonical: email }, data: { disabledAt: now() } });
    expect(await post({ token })).toMatchObject({ status: 403, body: { error: "user_disabled" } });
    await db().user.updateMany({ where: { appId: app.id, emailCanonical: email }, data: { disabledAt: null } });
    expect((await post({ token })).status).toBe(200);
  });

  it("if the app was deleted in the meantime (404)", async () => {
    const gone = await someApp();
    const email = someEmail();
    await askFor(email, {}, gone);
    const { token } = await lastMail(email);
    await deleteApp(gone.id, OPERATOR);
    expect((await post({ token }, gone.id)).status).toBe(404);
  });

  it("after 60 attempts from one IP address in five minutes (429)", async () => {
    for (let guess = 0; guess < 60; guess++) await post({ token: "nonsense" }, app.id, "198.51.100.7");
    const refused = await post({ token: "nonsense" }, app.id, "198.51.100.7");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await post({ token: "nonsense" }, app.id, "198.51.100.8")).status).toBe(400);
  });
});

describe("verified takes over unverified", () => {
  it("removes password, sessions, consents and pending links of an unverified user with the same email", async () => {
    const squatter = await someSession(app.id);
    await db().identity.create({
      data: {
        appId: app.id,
        id: `idn_${squatter.userId}`,
        userId: squatter.userId,
        connection: "github",
        issuer: "gh",
        subject: squatter.userId,
      },
    });
    const { token } = await mailed(squatter.email);
    const { body } = await post({ token });
    expect(body.user).toMatchObject({ id: squatter.userId, email_verified: true });
    expect((await call(meRoute, { bearer: squatter.token })).status).toBe(401);
    const refresh = { refresh_token: squatter.refreshToken };
    expect((await call(refreshRoute, { params: { app_id: app.id }, body: refresh })).status).toBe(401);
    const credentials = { email: squatter.email, password: SOME_PASSWORD };
    const again = await call(login, { params: { app_id: app.id }, bearer: app.apiKey, body: credentials });
    expect(again.status).toBe(401);
    expect(await db().identity.count({ where: { appId: app.id, userId: squatter.userId } })).toBe(0);
    expect((await call(meRoute, { bearer: body.token })).status).toBe(200);
  });

  it("a verified user keeps password and sessions", async () => {
    const bob = await someSession(app.id);
    await db().user.updateMany({ where: { appId: app.id, id: bob.userId }, data: { emailVerifiedAt: now() } });
    const { token } = await mailed(bob.email);
    expect((await post({ token })).status).toBe(200);
    expect((await call(meRoute, { bearer: bob.token })).status).toBe(200);
  });

  it("does not touch another app's user with the same email", async () => {
    const there = await someSession(otherApp.id);
    const { token } = await mailed(there.email);
    const { body } = await post({ token });
    expect(body.user.id).not.toBe(there.userId);
    expect((await call(meRoute, { bearer: there.token })).status).toBe(200);
  });
});
