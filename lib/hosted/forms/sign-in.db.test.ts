/**
 * The forms of the hosted pages: sign-in, sign-up, account selection and consent (RFC 9700 §4.7,
 * §4.16).
 */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { browserCookieName } from "@/lib/oauth/authorize/interaction";
import { hashOfShown } from "@/lib/oauth/consent";
import { sessionCookieName } from "@/lib/sessions/cookie";
import { SOME_PASSWORD, someApp, type TestApp } from "@/test/support/factories";
import {
  allow,
  authorize,
  authorizeUrl,
  Browser,
  begin,
  beginConsent,
  changeClient,
  exchangeCode,
  getTokens,
  interactionOf,
  locationOf,
  REDIRECT_URI,
  screenOf,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

const SCOPES = ["openid", "profile", "email", "offline_access", "photos:read", "photos:write", "photos:share"];

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app, { scopes: SCOPES });
});

function rowOf(interaction: string) {
  return { appId_id: { appId: app.id, id: interaction } };
}

function consentOf(userId: string, of = client) {
  return db().consent.findUnique({ where: { appId_userId_clientId: { appId: app.id, userId, clientId: of.id } } });
}

function codes(of = client) {
  return db().authorizationCode.count({ where: { appId: app.id, clientId: of.id } });
}

async function sessions(): Promise<number> {
  return db().session.count({ where: { appId: app.id } });
}

const FORMS = [
  "signin",
  "signup",
  "select-account",
  "consent",
  "account/signout",
  "account/profile",
  "account/disconnect",
];

describe("a form that another site sends", () => {
  it.each<Record<string, string>>([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", origin: "http://localhost:8000" },
    { origin: "https://evil.example" },
    { origin: "null" },
  ])("is rejected with 403: %j", async (headers) => {
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, client);
    const before = [await codes(), await sessions()];
    for (const form of FORMS) {
      const fields = {
        interaction,
        user: await bob.userId(),
        decision: "allow",
        email: bob.email,
        password: SOME_PASSWORD,
      };
      const answer = await bob.open(`/o/${app.id}/${form}/submit`, { form: { ...fields, client: client.id }, headers });
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect([await codes(), await sessions()]).toEqual(before);
    expect(await consentOf(await bob.userId())).toBeNull();
  });
});

describe("a form with an interaction that this browser cannot use gets a 400", () => {
  async function expectRejected(browser: Browser, interaction: string): Promise<void> {
    const fields = { interaction, email: browser.email, password: SOME_PASSWORD, user: "x", decision: "allow" };
    const before = [await codes(), await sessions()];
    for (const form of ["signin", "signup", "select-account", "consent"]) {
      const answer = await browser.submit(form, fields);
      expect(answer.status).toBe(400);
      expect(answer.body).toContain("already completed");
    }
    expect([await codes(), await sessions()]).toEqual(before);
  }

  it("if another browser started it (RFC 9700 §4.7)", async () => {
    const [attacker, victim] = [new Browser(app), new Browser(app)];
    await authorize(victim, client);
    const interaction = await begin(attacker, client);
    await expectRejected(victim, interaction);
    await expectRejected(new Browser(app), interaction);
    // A browser with another browser's cookie value.
    victim.cookies.set(browserCookieName(), "A".repeat(43));
    await expectRejected(victim, interaction);
  });

  it("if it expired", async () => {
    const bob = new Browser(app);
    const interaction = await begin(bob, client);
    await db().authorizationRequest.update({
      where: rowOf(interaction),
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await expectRejected(bob, interaction);
  });

  it("if it was completed", async () => {
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, client);
    await allow(bob, interaction);
    await expectRejected(bob, interaction);
  });

  it("if it is unknown, missing or malformed", async () => {
    const bob = new Browser(app);
    await begin(bob, client);
    for (const interaction of [
      "int_00000000000000000000000000",
      "req_00000000000000000000000000",
      "",
      "nonsense",
      "req_'; DROP",
    ])
      await expectRejected(bob, interaction);
  });

  it("if it belongs to another app", async () => {
    const otherApp = await someApp();
    const theirs = await someClient(otherApp);
    const bob = new Browser(app);
    const interaction = interactionOf(await bob.open(authorizeUrl(theirs)));
    await expectRejected(bob, interaction);
  });
});

describe("signing in", () => {
  it("sets a new session cookie each time, HttpOnly and SameSite=Lax, and issues a code", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    const name = sessionCookieName(app.id);
    const values = [bob.cookies.get(name)];
    for (let time = 0; time < 2; time++) {
      const answer = await bob.signIn(await begin(bob, client, { prompt: "login" }));
      expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
      values.push(bob.cookies.get(name));
    }
    expect(new Set(values).size).toBe(3);
    const lines = bob.received.filter((line) => line.startsWith(`${name}=`));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/; Path=\/o\/app_\w+; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    for (const line of bob.received) expect(line).toMatch(/HttpOnly; SameSite=Lax/);
    for (const line of bob.received) expect(line).not.toMatch(/Domain/i);
  });

  it("is recorded in the audit trail with the user as the actor", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    await bob.signIn(await begin(bob, client, { prompt: "login" }));
    const userId = await bob.userId();
    const events = await db().auditEvent.findMany({ where: { appId: app.id, type: "user.signed_in", userId } });
    expect(events.map(({ actorType, actorId }) => [actorType, actorId])).toEqual([
      ["user", userId],
      ["user", userId],
    ]);
  });

  it("replaces a session cookie that an attacker planted (session fixation)", async () => {
    const [attacker, victim] = [new Browser(app), new Browser(app)];
    await authorize(attacker, client);
    const name = sessionCookieName(app.id);
    const planted = attacker.cookies.get(name) ?? "";
    victim.cookies.set(name, planted);
    await victim.signUp(await begin(victim, client, { prompt: "login" }));
    expect(victim.cookies.get(name)).not.toBe(planted);
    expect(await attacker.userId()).not.toBe(await victim.userId());
  });

  it("again in the same browser replaces the session, and its grants last as long as the new one", async () => {
    const bob = new Browser(app);
    const online = await getTokens(client, bob, { scope: "photos:read" });
    const before = await bob.session();
    await bob.signIn(await begin(bob, client, { prompt: "login" }));
    const active = await db().session.findMany({ where: { appId: app.id, userId: before.userId, revokedAt: null } });
    expect(active.map(({ id }) => id)).toEqual([(await bob.session()).id]);
    expect((await db().session.findFirst({ where: { id: before.id } }))?.revokedReason).toBe("replaced");
    const status = async () => (await send("/api/me", { bearer: online.access_token })).status;
    expect(await status()).toBe(200);
    await bob.submit("account/signout", {});
    expect(await status()).toBe(401);
  });

  it("as another user in the same browser revokes the first user's session and its grants without offline access", async () => {
    const [bob, carol] = [new Browser(app), new Browser(app)];
    await authorize(carol, client);
    const online = await getTokens(client, bob, { scope: "photos:read" });
    const offline = await getTokens(client, bob);
    const before = await bob.session();
    await bob.signIn(await begin(bob, client, { prompt: "login" }), SOME_PASSWORD, carol.email);
    expect(await bob.userId()).toBe(await carol.userId());
    expect((await db().session.findFirst({ where: { id: before.id } }))?.revokedReason).toBe("replaced");
    expect((await send("/api/me", { bearer: online.access_token })).status).toBe(401);
    expect((await send("/api/me", { bearer: offline.access_token })).status).toBe(200);
  });

  it("shows the page again for a wrong password, with the email kept but not the password", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    bob.cookies.delete(sessionCookieName(app.id));
    const interaction = await begin(bob, client);
    const before = await sessions();
    const wrong = await bob.signIn(interaction, "not the password");
    expect(wrong.status).toBe(303);
    expect(screenOf(wrong)).toBe("signin");
    expect(interactionOf(wrong)).toBe(interaction);
    expect(locationOf(wrong).search).not.toContain(encodeURIComponent(bob.email));
    expect(wrong.headers.getSetCookie()).toEqual([]);
    expect(await sessions()).toBe(before);
    const { form } = await db().authorizationRequest.findUniqueOrThrow({ where: rowOf(interaction) });
    expect(form).toMatchObject({ screen: "signin", email: bob.email, message: expect.any(String) });
    expect(JSON.stringify(form)).not.toContain("not the password");
    const unknown = await bob.signIn(interaction, "not the password", "unknown@example.com");
    const after = await db().authorizationRequest.findUniqueOrThrow({ where: rowOf(interaction) });
    expect(unknown.status).toBe(303);
    expect((after.form as { message: string }).message).toBe((form as { message: string }).message);
    // The same interaction can still succeed, and then nothing that was typed is kept.
    expect(locationOf(await bob.signIn(interaction)).searchParams.get("code")).toBeTruthy();
    expect((await db().authorizationRequest.findUniqueOrThrow({ where: rowOf(interaction) })).form).toEqual({});
  });

  it.each<[string, Record<string, string>]>([
    ["no password", { password: "" }],
    ["no email", { email: "" }],
    ["a malformed email", { email: "bob@@example" }],
    ["a password that is too long", { password: "x".repeat(2000) }],
  ])("shows the page again with an error beside the field: %s", async (_, changes) => {
    const bob = new Browser(app);
    const interaction = await begin(bob, client);
    for (const form of ["signin", "signup"]) {
      const answer = await bob.submit(form, { interaction, email: bob.email, password: SOME_PASSWORD, ...changes });
      expect(screenOf(answer)).toBe(form);
      const row = await db().authorizationRequest.findUniqueOrThrow({ where: rowOf(interaction) });
      expect((row.form as { fields: object }).fields).toHaveProperty(Object.keys(changes)[0] as string);
    }
  });

  it("shows the sign-up page again if the email is taken", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    const other = new Browser(app, bob.email);
    const interaction = await begin(other, client);
    const answer = await other.submit("signup", { interaction, email: bob.email, password: "another password!" });
    expect(screenOf(answer)).toBe("signup");
    expect(other.cookies.has(sessionCookieName(app.id))).toBe(false);
  });

  it("is limited by the IP address of the browser", async () => {
    const bob = new Browser(app);
    const interaction = await begin(bob, client);
    for (let count = 0; count < 20; count++) await bob.signIn(interaction, "wrong password", `a${count}@example.com`);
    const row = async () => (await db().authorizationRequest.findUniqueOrThrow({ where: rowOf(interaction) })).form;
    expect(JSON.stringify(await row())).toContain("wrong");
    await bob.signIn(interaction, "wrong password", "b@example.com");
    expect(JSON.stringify(await row())).toContain("Too many");
  });

  it("fails for a user of another app", async () => {
    const otherApp = await someApp();
    const carol = new Browser(otherApp);
    await authorize(carol, await someClient(otherApp));
    const here = new Browser(app, carol.email);
    expect(screenOf(await here.signIn(await begin(here, client)))).toBe("signin");
  });
});

describe("consent", () => {
  it("is stored with the requested scopes, and a code is issued", async () => {
    const bob = new Browser(app);
    const answer = await allow(bob, await beginConsent(bob, client, { scope: "openid photos:read" }));
    expect(answer.status).toBe(303);
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
    const consent = await consentOf(await bob.userId());
    expect([...(consent?.scopes ?? [])].sort()).toEqual(["openid", "photos:read"]);
    expect(
      await db().auditEvent.count({ where: { appId: app.id, type: "consent.given", userId: await bob.userId() } }),
    ).toBe(1);
  });

  it("sends access_denied with state and iss if it is denied (RFC 6749 §4.1.2.1), and ends the interaction", async () => {
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, client);
    const answer = await bob.submit("consent", { interaction, user: await bob.userId(), decision: "deny" });
    const location = locationOf(answer);
    expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: "access_denied",
      state: "the-state",
      iss: app.issuer,
    });
    expect(location.searchParams.has("code")).toBe(false);
    expect(await consentOf(await bob.userId())).toBeNull();
    expect((await allow(bob, interaction)).status).toBe(400);
    expect(await consentOf(await bob.userId())).toBeNull();
    const denied = { appId: app.id, type: "consent.denied", userId: await bob.userId(), clientId: client.id };
    expect(await db().auditEvent.count({ where: denied })).toBe(1);
  });

  it.each(["", "maybe", "ALLOW"])("rejects the decision %j", async (decision) => {
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, client);
    const answer = await bob.submit("consent", { interaction, user: await bob.userId(), decision });
    expect(answer.status).toBe(400);
    expect(await consentOf(await bob.userId())).toBeNull();
  });

  it("is not accepted from a user other than the one who saw the page", async () => {
    const [bob, carol] = [new Browser(app), new Browser(app)];
    await authorize(carol, client);
    const interaction = await beginConsent(bob, client);
    for (const user of [await carol.userId(), "", "usr_nonsense"]) {
      const answer = await bob.submit("consent", { interaction, user, decision: "allow" });
      expect(screenOf(answer)).toBe("consent");
    }
    expect(await consentOf(await bob.userId())).toBeNull();
  });

  it("counts only for the scopes that the page showed, whatever the client registers meanwhile", async () => {
    const agent = await someClient(app, { scopes: ["openid", "photos:read"] });
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, agent, { scope: "openid photos:read photos:write" });
    const shown = hashOfShown(["openid", "photos:read"]);
    await changeClient(agent, { scopes: ["openid", "photos:read", "photos:write"] });
    expect(screenOf(await allow(bob, interaction, { shown }))).toBe("consent");
    expect(await db().consent.count({ where: { appId: app.id, clientId: agent.id } })).toBe(0);
    const all = hashOfShown(["openid", "photos:read", "photos:write"]);
    expect(locationOf(await allow(bob, interaction, { shown: all })).searchParams.get("code")).toBeTruthy();
  });

  it("leads to sign-in without a session", async () => {
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, client);
    const user = await bob.userId();
    bob.cookies.delete(sessionCookieName(app.id));
    expect(screenOf(await bob.submit("consent", { interaction, user, decision: "allow" }))).toBe("signin");
    expect(await consentOf(user)).toBeNull();
  });

  it("issues one code if it is submitted 20 times at once", async () => {
    const fresh = await someClient(app);
    const bob = new Browser(app);
    const interaction = await beginConsent(bob, fresh);
    const answers = await Promise.all(Array.from({ length: 20 }, () => allow(bob, interaction)));
    expect(new Set(answers.map((answer) => locationOf(answer).searchParams.get("code"))).size).toBe(1);
    expect(await codes(fresh)).toBe(1);
    for (const { status } of answers) expect(status).toBe(303);
  });

  it("does not replace the sign-in that prompt=login requests", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    const interaction = await begin(bob, client, { prompt: "login consent" });
    expect(screenOf(await allow(bob, interaction))).toBe("signin");
    expect(screenOf(await bob.signIn(interaction))).toBe("consent");
  });

  it("of one user is never used for another in the same interaction", async () => {
    const [bob, carol] = [new Browser(app), new Browser(app)];
    await authorize(carol, client, { scope: "openid" });
    const interaction = await beginConsent(bob, client, {
      scope: "openid photos:read",
      prompt: "consent",
      max_age: "60",
    });
    // Bob allows, but must sign in again first. Then Carol uses the same browser.
    const { id } = await bob.session();
    await db().session.update({
      where: { appId_id: { appId: app.id, id } },
      data: { authTime: new Date(Date.now() - 90_000) },
    });
    expect(screenOf(await allow(bob, interaction))).toBe("signin");
    bob.cookies.set(sessionCookieName(app.id), carol.cookies.get(sessionCookieName(app.id)) ?? "");
    const continued = await bob.submit("select-account", { interaction, decision: "continue" });
    expect(screenOf(continued)).toBe("consent");
    expect(screenOf(await bob.signIn(interaction, SOME_PASSWORD, carol.email))).toBe("consent");
    expect((await consentOf(await carol.userId()))?.scopes).toEqual(["openid"]);
  });
});

describe("optional scopes", () => {
  const scope = "openid photos:read photos:share";

  it("are granted if checked; if unchecked, they are not granted and not requested again", async () => {
    const [bob, carol] = [new Browser(app), new Browser(app)];
    expect((await getTokens(client, bob, { scope }, { "scope:photos:share": "on" })).scope).toBe(scope);
    expect((await getTokens(client, carol, { scope })).scope).toBe("openid photos:read");
    const again = await carol.open(authorizeUrl(client, { scope }));
    expect(screenOf(again)).toBeNull();
    const { body } = await exchangeCode(client, locationOf(again).searchParams.get("code") ?? "");
    expect(body.scope).toBe("openid photos:read");
  });

  it("stay declined if the client requests other scopes in between", async () => {
    const carol = new Browser(app);
    await getTokens(client, carol, { scope });
    await getTokens(client, carol, { scope: "openid photos:write" });
    expect(screenOf(await carol.open(authorizeUrl(client, { scope })))).toBeNull();
  });

  it("are no longer granted once they are unchecked, and vice versa", async () => {
    const bob = new Browser(app);
    await getTokens(client, bob, { scope }, { "scope:photos:share": "on" });
    expect((await getTokens(client, bob, { scope, prompt: "consent" })).scope).toBe("openid photos:read");
    expect((await consentOf(await bob.userId()))?.scopes).not.toContain("photos:share");
    // Vice versa.
    const ticked = { "scope:photos:share": "on" };
    expect((await getTokens(client, bob, { scope, prompt: "consent" }, ticked)).scope).toBe(scope);
    expect((await consentOf(await bob.userId()))?.declinedScopes).toEqual([]);
  });

  it("do not let a user decline a required scope or add another one", async () => {
    const bob = new Browser(app);
    const ticked = { "scope:photos:write": "on", "scope:admin": "on", scope: "photos:write" };
    expect((await getTokens(client, bob, { scope: "openid photos:read" }, ticked)).scope).toBe("openid photos:read");
    expect((await consentOf(await bob.userId()))?.scopes).not.toContain("photos:write");
  });
});

describe("selecting an account", () => {
  it("continues as the same user or leads to sign-in, and asks only once", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    const changes = { prompt: "select_account" };
    const first = await begin(bob, client, changes);
    expect(
      locationOf(await bob.submit("select-account", { interaction: first, decision: "continue" })).searchParams.has(
        "code",
      ),
    ).toBe(true);
    const second = await begin(bob, client, changes);
    expect(screenOf(await bob.submit("select-account", { interaction: second, decision: "other" }))).toBe("signin");
    expect(locationOf(await bob.signIn(second)).searchParams.has("code")).toBe(true);
  });
});

it("forms of an app that does not exist get a 404 page", async () => {
  const headers = { "sec-fetch-site": "same-origin" };
  for (const form of FORMS) {
    const answer = await send(`/o/app_01nowhere00000/${form}/submit`, { form: {}, headers });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  }
});

it("sends no code to a redirect URI that the client removed in the meantime", async () => {
  const changing = await someClient(app);
  const bob = new Browser(app);
  const interaction = await beginConsent(bob, changing);
  const { changeClient } = await import("@/test/support/oauth");
  await changeClient(changing, { redirect_uris: ["https://elsewhere.example/cb"] });
  const answer = await allow(bob, interaction);
  expect(answer.status).toBe(400);
  expect(await codes(changing)).toBe(0);
});
