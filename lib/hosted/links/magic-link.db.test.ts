/** A magic link on a never-verified account: its page asks whether to keep the password. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { db, transaction } from "@/lib/database/client";
import { claimAccount } from "@/lib/signin/claim-account";
import { askAs } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, begin, locationOf, OPERATOR, someClient, type TestClient } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

let app: TestApp;
let otherApp: TestApp;
let client: TestClient;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
  client = await someClient(app);
});
beforeEach(() => forgetState("limit/link-redemptions", "limit/email-requests", "limit/sign-ins", "limit/sign-ups"));

async function requestLink(email: string, of = app) {
  await askAs(of, `/api/auth/magic-link/${of.id}`, { email });
  return lastMail(email);
}

/** A user who signed up with a password, never verified the address, and now has a magic link. */
async function unverified(of = app) {
  const { email, userId } = await someSession(of.id);
  const ids = { appId: of.id, userId };
  await db().identity.create({
    data: { ...ids, id: `idn_${userId}`, connection: "github", issuer: "gh", subject: userId },
  });
  await db().factor.create({ data: { ...ids, id: `fac_${userId.slice(4)}`, type: "totp" } });
  await db().user.update({ where: { appId_id: { appId: of.id, id: userId } }, data: { factors: ["totp"] } });
  const { path, token } = await requestLink(email, of);
  return { email, userId, path, token, browser: new Browser(of, email) };
}

/** Opens the link as a browser does. → the page that asks */
async function openPage(browser: Browser, path: string) {
  const page = locationOf(await browser.open(path));
  expect(page.pathname).toBe(`/o/${browser.app.id}/magic-link/link`);
  return browser.open(page.href);
}

function press(browser: Browser, form: Record<string, string>) {
  return browser.submit("magic-link/link", form);
}

function keep(browser: Browser, token: string, password = SOME_PASSWORD) {
  return press(browser, { token, keep_password: "1", password });
}

async function stateOf({ userId }: { userId: string }) {
  const where = { appId: app.id, userId };
  const user = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
  const [identities, factors, sessions] = await Promise.all([
    db().identity.count({ where }),
    db().factor.count({ where }),
    db().session.count({ where: { ...where, revokedAt: null } }),
  ]);
  const password = user.passwordHash !== null;
  return { password, verified: user.emailVerifiedAt !== null, identities, factors, sessions };
}

async function templatesTo(email: string) {
  const mails = await db().mail.findMany({ where: { appId: app.id, toCanonical: email }, select: { template: true } });
  return mails.map(({ template }) => template).filter((template) => template.startsWith("password_"));
}

const UNTOUCHED = { password: true, verified: false, identities: 1, factors: 1, sessions: 1 };
const KEPT = { password: true, verified: true, identities: 0, factors: 0, sessions: 1 };

describe("the page of the link", () => {
  it("asks for the password, and uses nothing up", async () => {
    const user = await unverified();
    for (let time = 0; time < 2; time++) {
      const { status, body } = await openPage(user.browser, user.path);
      expect(status).toBe(200);
      expect(body).toContain("Enter the password to keep it");
      expect(body).toContain("Keep the password and sign in</button>");
      expect(body).toContain("Remove the password and sign in</button>");
      expect(body).toContain('autocomplete="current-password"');
    }
    expect(await stateOf(user)).toEqual(UNTOUCHED);
  });

  it("doesn't ask if the app doesn't use passwords: it says that the password is removed", async () => {
    const own = await someApp();
    const user = await unverified(own);
    await updateApp(own.id, { settings: { methods: { password: false } } }, OPERATOR);
    const { status, body } = await user.browser.open(user.path);
    expect(status).toBe(200);
    expect(body).toContain("Signing in removes that password");
    expect(body).not.toContain("Keep the password");
  });

  it("is a problem page for a broken link and for another app", async () => {
    const user = await unverified();
    for (const [id, token] of [
      [app.id, "nonsense"],
      [otherApp.id, user.token],
    ])
      expect((await user.browser.open(`/o/${id}/magic-link/link?token=${token}`)).status).toBe(400);
    expect(await stateOf(user)).toEqual(UNTOUCHED);
  });
});

describe("keeping the password", () => {
  it("takes the right password, removes everything else, and an email says so", async () => {
    const user = await unverified();
    expect((await keep(user.browser, user.token)).body).toContain("You are signed in");
    expect(await stateOf(user)).toEqual(KEPT);
    expect(await templatesTo(user.email)).toEqual(["password_kept"]);
    expect((await lastMail(user.email)).content.links[0]).toBe(`${app.issuer}/forgot`);
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, userId: user.userId, type: "user.taken_over" },
    });
    expect(event?.explanation).toEqual({ password: "kept" });
    const credentials = { email: user.email, password: SOME_PASSWORD };
    expect((await askAs(app, `/api/auth/credentials/login/${app.id}`, credentials)).status).toBe(200);
    expect((await press(new Browser(app), { token: user.token })).body).toContain("already used");
  });

  it.each([
    ["a wrong", "wrong horse battery", "The password is wrong."],
    ["no", "", "The password is missing."],
    ["a too long", "x".repeat(2000), "The password is wrong."],
  ])("shows the page again for %s password, and the link stays unused", async (_title, password, problem) => {
    const user = await unverified();
    const answer = await keep(user.browser, user.token, password);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(problem);
    expect(answer.body).toContain('aria-invalid="true"');
    expect(await stateOf(user)).toEqual(UNTOUCHED);
    expect((await keep(user.browser, user.token)).body).toContain("You are signed in");
    expect(await stateOf(user)).toEqual(KEPT);
  });

  it("counts wrong passwords as those of sign-ins", async () => {
    const user = await unverified();
    const wrong = Array.from({ length: 6 }, (_, index) => `wrong horse battery ${index}`);
    let last = "";
    for (const password of wrong) last = (await keep(user.browser, user.token, password)).body;
    expect(last).toContain("Try again in");
    const credentials = { email: user.email, password: SOME_PASSWORD };
    expect((await askAs(app, `/api/auth/credentials/login/${app.id}`, credentials)).status).toBe(429);
    expect(await stateOf(user)).toEqual(UNTOUCHED);
    // Without the password, the link still works.
    expect((await press(user.browser, { token: user.token })).body).toContain("You are signed in");
  });

  it("rejects a password that the first user changes in the meantime", async () => {
    const user = await unverified();
    const { passwordHash } = await db().user.findUniqueOrThrow({
      where: { appId_id: { appId: app.id, id: user.userId } },
    });
    await db().user.update({
      where: { appId_id: { appId: app.id, id: user.userId } },
      data: { passwordHash: "$2b$another" },
    });
    const claim = (hash: string) =>
      transaction((tx) => claimAccount(tx, app.id, user.userId, OPERATOR, { passwordHash: hash }));
    await expect(claim(passwordHash ?? "")).rejects.toMatchObject({ status: 400 });
    expect(await stateOf(user)).toEqual(UNTOUCHED);
  });

  it("signs in once if 20 browsers press both buttons at once", async () => {
    const user = await unverified();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? keep(new Browser(app), user.token) : press(new Browser(app), { token: user.token }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { password, ...rest } = await stateOf(user);
    expect(rest).toEqual({ verified: true, identities: 0, factors: 0, sessions: 1 });
    expect(await templatesTo(user.email)).toEqual([password ? "password_kept" : "password_removed"]);
  });
});

describe("removing the password", () => {
  it("is the other button, and what a program gets", async () => {
    const user = await unverified();
    await press(user.browser, { token: user.token });
    expect(await stateOf(user)).toEqual({ ...KEPT, password: false });
    expect(await templatesTo(user.email)).toEqual(["password_removed"]);

    const another = await unverified();
    await askAs(app, `/api/auth/verify/${app.id}`, { token: another.token });
    expect(await stateOf(another)).toEqual({ ...KEPT, password: false });
  });
});

describe("a browser that signed in with the password", () => {
  async function signedUp() {
    const browser = new Browser(app);
    await browser.signUp(await begin(browser, client));
    const { path, token } = await requestLink(browser.email);
    return { browser, userId: await browser.userId(), path, token };
  }

  it("keeps it without entering it again", async () => {
    const user = await signedUp();
    const { body } = await openPage(user.browser, user.path);
    expect(body).toContain("You signed in with this password in this browser");
    expect(body).not.toContain('type="password"');
    await press(user.browser, { token: user.token, keep_password: "1" });
    expect(await stateOf(user)).toMatchObject({ password: true, verified: true, sessions: 1 });
  });

  it("must enter it if the session is another user's, started otherwise, revoked, or older than the password", async () => {
    const user = await signedUp();
    const session = await user.browser.session();
    const where = { appId_id: { appId: app.id, id: session.id } };
    const other = new Browser(app);
    await other.signUp(await begin(other, client));
    expect((await openPage(other, user.path)).body).toContain("Enter the password to keep it");
    expect((await press(other, { token: user.token, keep_password: "1" })).body).toContain("The password is missing");

    const { amr, authTime } = session;
    for (const change of [{ amr: ["otp"] }, { revokedAt: new Date() }, { authTime: new Date(0) }]) {
      await db().session.update({ where, data: change });
      expect((await openPage(user.browser, user.path)).body).toContain("Enter the password to keep it");
      await db().session.update({ where, data: { amr, revokedAt: null, authTime } });
    }
    expect((await openPage(user.browser, user.path)).body).not.toContain("Enter the password to keep it");
  });
});
