/** Invitations: sent by the App, listed, withdrawn, accepted by the owner of the mailbox. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as meRoute } from "@/app/api/me/route";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { flashCookieName, readFlash } from "@/lib/hosted/flash";
import { logIn } from "@/test/support/account";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { manage, manageAs } from "@/test/support/manage";
import { Browser, locationOf, OPERATOR, screenOf } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

const RETURN_URL = "https://blog.example.com/welcome";
const PASSWORD = "a new horse battery";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
  const settings = { signups: "invite_only", allowed_email_domains: ["blog.example"], return_urls: [RETURN_URL] };
  await updateApp(app.id, { settings }, OPERATOR);
});
beforeEach(() => forgetState("limit/link-redemptions"));

function invite(email: string, more: object = {}, of = app) {
  return manage(of, "POST", "/invitations", { body: { email, ...more } });
}

async function someInvited(more: object = {}, of = app) {
  const email = someEmail("carol");
  const { body } = await invite(email, more, of);
  return { ...(await lastMail(email)), email, id: body.id as string };
}

function accept(token: string, fields: Record<string, string> = { password: PASSWORD }, browser = new Browser(app)) {
  return browser.submit("invitation", { token, ...fields });
}

function userOf(email: string) {
  return db().user.findUnique({ where: { appId_emailCanonical: { appId: app.id, emailCanonical: email } } });
}

describe("201", () => {
  it("sends an invitation that is valid for a week, even to a domain that may not sign up", async () => {
    const email = someEmail("carol");
    const { status, body } = await invite(email, { redirect_uri: RETURN_URL });
    expect([status, body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^ott_/),
        email,
        redirect_uri: RETURN_URL,
        created_at: expect.any(String),
        expires_at: expect.any(String),
      },
    ]);
    expect((Date.parse(body.expires_at) - Date.parse(body.created_at)) / 86_400_000).toBeCloseTo(7, 3);
    const { content } = await lastMail(email);
    expect(content.subject).toBe("You're invited to Photo Blog");
    expect(content.links[0]).toMatch(new RegExp(`^${app.issuer}/invitation\\?token=[\\w-]{43}$`));
    expect(await userOf(email)).toBeNull();
  });

  it("replaces an earlier one to the same email", async () => {
    const first = await someInvited();
    await invite(first.email);
    expect((await accept(first.token)).status).toBe(400);
    expect((await accept((await lastMail(first.email)).token)).status).toBe(303);
  });

  it("is created once per Idempotency-Key", async () => {
    const email = someEmail("carol");
    const options = { body: { email }, headers: { "idempotency-key": "invite-1" } };
    const [a, b] = [
      await manage(app, "POST", "/invitations", options),
      await manage(app, "POST", "/invitations", options),
    ];
    expect(b.body).toEqual(a.body);
    expect(await db().mail.count({ where: { appId: app.id, toCanonical: email } })).toBe(1);
  });
});

describe("accepted", () => {
  it("creates a verified user with password and name, signed in in this browser", async () => {
    const { email, token } = await someInvited();
    const browser = new Browser(app);
    expect(screenOf(await accept(token, { password: PASSWORD, name: "Carol" }, browser))).toBe("account");
    expect(await userOf(email)).toMatchObject({ id: await browser.userId(), name: "Carol" });
    expect((await logIn(app, email, PASSWORD)).body.user).toMatchObject({ email_verified: true });
    const where = { appId: app.id, userId: await browser.userId(), type: "user.signed_up" };
    expect((await db().auditEvent.findFirstOrThrow({ where })).explanation).toEqual({ method: "invitation" });
  });

  it("redirects to the app's return URL with the token in the app's delivery", async () => {
    const { token } = await someInvited({ redirect_uri: RETURN_URL });
    const location = locationOf(await accept(token));
    expect(`${location.origin}${location.pathname}`).toBe(RETURN_URL);
    expect(location.searchParams.get("token")).toMatch(/^eyJ/);
  });

  it("needs no password if the app uses magic links, and one otherwise", async () => {
    const { email, token } = await someInvited();
    expect(screenOf(await accept(token, { without: "password", password: "ignored" }))).toBe("account");
    expect(await userOf(email)).toMatchObject({ passwordHash: null, emailVerifiedAt: expect.any(Date) });
    const strict = await someApp();
    await updateApp(strict.id, { settings: { methods: { magic_link: false } } }, OPERATOR);
    const other = await someInvited({}, strict);
    const browser = new Browser(strict);
    const answer = await accept(other.token, { without: "password" }, browser);
    expect(screenOf(answer)).toBe("invitation/confirm");
    expect(readFlash(browser.cookies.get(flashCookieName(strict.id)))?.fields).toHaveProperty("password");
    expect((await accept(other.token, { password: PASSWORD }, browser)).status).toBe(303);
  });

  it("shows the error of a weak password beside its field, and can still be used", async () => {
    const { token } = await someInvited();
    const browser = new Browser(app);
    await accept(token, { password: "short" }, browser);
    expect(readFlash(browser.cookies.get(flashCookieName(app.id)))?.fields).toHaveProperty("password");
    expect(screenOf(await accept(token))).toBe("account");
  });

  it("takes over an unverified user with the same email, but not a verified one", async () => {
    const open = await someApp();
    const [stranger, owner] = [await someInvited({}, open), await someInvited({}, open)];
    const before = await someSession(open.id, stranger.email);
    const known = await someSession(open.id, owner.email);
    const where = { appId_id: { appId: open.id, id: known.userId } };
    await db().user.update({ where, data: { emailVerifiedAt: new Date() } });
    const browser = new Browser(open);
    expect(screenOf(await accept(stranger.token, undefined, browser))).toBe("account");
    expect(await browser.userId()).toBe(before.userId);
    expect((await logIn(open, stranger.email)).status).toBe(401);
    expect((await logIn(open, stranger.email, PASSWORD)).status).toBe(200);
    const answer = await accept(owner.token, undefined, new Browser(open));
    expect([answer.status, answer.body.includes("account with this email address already exists")]).toEqual([
      409,
      true,
    ]);
    expect((await logIn(open, owner.email)).status).toBe(200);
  });
});

describe("an invitation to an account with an unverified password", () => {
  let open: TestApp;
  beforeAll(async () => {
    open = await someApp();
  });
  beforeEach(() => forgetState("limit/sign-ins"));

  async function someUnverified() {
    const { token: link, email } = await someInvited({}, open);
    const { token: bearer } = await someSession(open.id, email);
    return { token: link, email, bearer, browser: new Browser(open) };
  }

  function findUser(email: string) {
    return db().user.findUnique({ where: { appId_emailCanonical: { appId: open.id, emailCanonical: email } } });
  }

  function keep({ token, browser }: { token: string; browser: Browser }, existing_password: string) {
    return accept(token, { keep_password: "1", existing_password }, browser);
  }

  async function templatesTo(email: string) {
    const mails = await db().mail.findMany({ where: { appId: open.id, toCanonical: email } });
    return mails.map(({ template }) => template).filter((template) => template.startsWith("password_"));
  }

  it("keeps it for a user who enters it, revokes the sessions, and an email says so", async () => {
    const user = await someUnverified();
    expect(screenOf(await keep(user, SOME_PASSWORD))).toBe("account");
    expect((await logIn(open, user.email)).status).toBe(200);
    expect((await call(meRoute, { bearer: user.bearer })).status).toBe(401);
    expect(await templatesTo(user.email)).toEqual(["password_kept"]);
    expect(await findUser(user.email)).toMatchObject({ emailVerifiedAt: expect.any(Date) });
  });

  it.each(["", "wrong horse battery"])("shows the error of %j beside its field, and stays unused", async (password) => {
    const user = await someUnverified();
    expect(screenOf(await keep(user, password))).toBe("invitation/confirm");
    const flash = readFlash(user.browser.cookies.get(flashCookieName(open.id)));
    expect(flash?.fields).toHaveProperty("existing_password");
    expect(await findUser(user.email)).toMatchObject({ emailVerifiedAt: null });
    expect((await call(meRoute, { bearer: user.bearer })).status).toBe(200);
    expect(screenOf(await keep(user, SOME_PASSWORD))).toBe("account");
  });

  it("removes it without a password, and says so; a new one replaces it", async () => {
    const [removed, replaced] = [await someUnverified(), await someUnverified()];
    await accept(removed.token, { without: "password" }, removed.browser);
    expect(await findUser(removed.email)).toMatchObject({ passwordHash: null });
    expect(await templatesTo(removed.email)).toEqual(["password_removed"]);
    await accept(replaced.token, { password: PASSWORD }, replaced.browser);
    expect((await logIn(open, replaced.email, PASSWORD)).status).toBe(200);
    expect(await templatesTo(replaced.email)).toEqual([]);
  });

  it("is accepted once of 20 at once", async () => {
    const user = await someUnverified();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? keep({ token: user.token, browser: new Browser(open) }, SOME_PASSWORD)
          : accept(user.token, { without: "password" }, new Browser(open)),
      ),
    );
    expect(answers.filter((answer) => answer.status === 303 && screenOf(answer) === "account")).toHaveLength(1);
    const kept = (await findUser(user.email))?.passwordHash !== null;
    expect(await templatesTo(user.email)).toEqual([kept ? "password_kept" : "password_removed"]);
  });
});

describe("listed and withdrawn", () => {
  it("lists pending invitations by page; a withdrawn one cannot be used", async () => {
    const quiet = await someApp();
    const [a, b, c] = [await someInvited({}, quiet), await someInvited({}, quiet), await someInvited({}, quiet)];
    await accept(b.token, undefined, new Browser(quiet));
    const first = await manage(quiet, "GET", "/invitations?limit=1");
    expect(first.body.data.map(({ email }: { email: string }) => email)).toEqual([c.email]);
    const second = await manage(quiet, "GET", `/invitations?limit=1&cursor=${first.body.next_cursor}`);
    expect([second.body.data[0].id, second.body.next_cursor]).toEqual([a.id, null]);
    expect((await manage(quiet, "DELETE", `/invitations/${a.id}`)).status).toBe(204);
    expectError(await manage(quiet, "DELETE", `/invitations/${a.id}`), 404, "not_found");
    expect((await accept(a.token, undefined, new Browser(quiet))).status).toBe(400);
  });

  it("rejects another app's invitation and another object's ID with 404", async () => {
    const { id, token } = await someInvited();
    expectError(await manageAs(otherApp, app, "DELETE", `/invitations/${id}`), 404, "not_found");
    expectError(await manage(otherApp, "DELETE", `/invitations/${id}`), 404, "not_found");
    const bob = await someSession(otherApp.id);
    const other = await db().oneTimeToken.findFirstOrThrow({ where: { appId: otherApp.id, userId: bob.userId } });
    expectError(await manage(otherApp, "DELETE", `/invitations/${other.id}`), 404, "not_found");
    expect((await accept(token)).status).toBe(303);
  });
});

describe("is rejected", () => {
  it("if the email is taken (409) or invalid (400), and the sixth in ten minutes (429)", async () => {
    const { email } = await someSession(otherApp.id);
    expectError(await invite(email, {}, otherApp), 409, "email_taken");
    expectError(await invite("no-email"), 400, "invalid_request");
    expectError(await invite(someEmail(), { redirect_uri: "https://evil.example/" }), 400, "invalid_request");
    const flooded = someEmail("flooded");
    for (let round = 0; round < 5; round++) expect((await invite(flooded)).status).toBe(201);
    expectError(await invite(flooded), 429, "rate_limited");
  });

  it("rejects invitations with 403 if the app has no sign-in method, also earlier ones", async () => {
    const closed = await someApp();
    const { token } = await someInvited({}, closed);
    await updateApp(closed.id, { settings: { signups: "closed" } }, OPERATOR);
    expectError(await invite(someEmail(), {}, closed), 403, "signup_closed");
    expect((await accept(token, undefined, new Browser(closed))).status).toBe(403);
  });
});

it("an owner can send a user a password reset, and is told if it cannot be sent", async () => {
  const bob = await someSession(otherApp.id);
  const path = `/users/${bob.userId}/password-reset`;
  expect(await manage(otherApp, "POST", path)).toMatchObject({ status: 202, body: { status: "sent" } });
  expect((await lastMail(bob.email)).template).toBe("reset_password");
  expectError(await manageAs(app, otherApp, "POST", path), 404, "not_found");
  expectError(await manage(app, "POST", path), 404, "not_found");
  await manage(otherApp, "PATCH", `/users/${bob.userId}`, { body: { disabled: true } });
  expectError(await manage(otherApp, "POST", path), 409, "user_disabled");
});
