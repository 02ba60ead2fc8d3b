/** Sign-in providers on the hosted pages: the buttons of the sign-in page, and linked accounts. */
import { beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { createConnection, updateConnection } from "@/lib/social/connections";
import { createUser } from "@/lib/users/create-user";
import { someApp, type TestApp } from "@/test/support/factories";
import { startIssuer } from "@/test/support/issuer";
import {
  allow,
  Browser,
  begin,
  exchangeCode,
  interactionOf,
  locationOf,
  OPERATOR,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { type Choice, chooseAt, connectGitHub, countPeopleOf, lastEventOf } from "@/test/support/social";
import { flashCookieName, readFlash } from "../flash";

let app: TestApp;
let client: TestClient;
beforeEach(async () => {
  app = await someApp();
  client = await someClient(app);
  await connectGitHub(app, { redirect_uris: [] });
});

/** Clicks the button, signs in at the provider and returns. */
async function signInByButton(browser: Browser, interaction: string, choice: Choice = {}) {
  const answer = await browser.submit("social", { interaction, connection: "github" });
  expect(answer.status, String(answer.body)).toBe(303);
  return browser.open(await chooseAt(answer.headers.get("location") ?? "", choice));
}

describe("the button of a sign-in provider", () => {
  it("leads through the provider to the consent page, and the client gets its tokens", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const back = await signInByButton(browser, interaction);
    expect([back.status, screenOf(back), interactionOf(back)]).toEqual([303, "consent", interaction]);
    const session = await browser.session();
    expect(session).toMatchObject({ kind: "browser", amr: ["fed"] });
    const done = locationOf(await allow(browser, interaction));
    const tokens = await exchangeCode(client, done.searchParams.get("code") ?? "");
    const claims = JSON.parse(Buffer.from(tokens.body.id_token.split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({ sub: session.userId, email: "bob@example.com", email_verified: true });
    expect(await lastEventOf(app, "user.signed_in")).toMatchObject({ explanation: { method: "github" } });
  });

  it("leads to the account page if the sign-in was started there", async () => {
    const browser = new Browser(app);
    const start = await browser.open(`/o/${app.id}/account/start`);
    expect(screenOf(await signInByButton(browser, interactionOf(start)))).toBe("account");
  });

  it.each([
    ["the user cancels", { login: "" }, /canceled/],
    ["the provider fails", { fault: "user:500" }, /sent an unexpected response/],
  ])("leads back to the sign-in page with an error, without a session, if %s", async (_title, choice, sentence) => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const back = await signInByButton(browser, interaction, choice);
    expect([back.status, screenOf(back), interactionOf(back)]).toEqual([303, "signin", interaction]);
    const where = { appId_id: { appId: app.id, id: interaction } };
    const { form } = await db().authorizationRequest.findUniqueOrThrow({ where });
    expect(form).toMatchObject({ screen: "signin", message: expect.stringMatching(sentence) });
    expect(await countPeopleOf(app)).toEqual({ users: 0, identities: 0, sessions: 0 });
    // Another sign-in method still works.
    expect(screenOf(await browser.signUp(interaction))).toBe("consent");
  });

  it("asks the user to sign in first if the email belongs to a user and the provider has not verified it", async () => {
    const email = { email: "bob@example.com", canonical: "bob@example.com" };
    await createUser(await getApp(app.id), { email }, OPERATOR);
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    expect(screenOf(await signInByButton(browser, interaction, { fault: "unverified" }))).toBe("signin");
    const where = { appId_id: { appId: app.id, id: interaction } };
    const { form } = await db().authorizationRequest.findUniqueOrThrow({ where });
    expect(form).toMatchObject({ message: expect.stringContaining("then link GitHub on your account page") });
  });

  it("requests reauthentication at the provider if the client requires it (OIDC Core §3.1.2.1)", async () => {
    const [first, second] = [new Browser(app), new Browser(app)];
    const promptOf = async (browser: Browser, changes: object) => {
      const interaction = await begin(browser, client, changes);
      const answer = await browser.submit("social", { interaction, connection: "github" });
      return new URL(answer.headers.get("location") ?? "").searchParams.get("prompt");
    };
    expect(await promptOf(first, {})).toBeNull();
    expect(await promptOf(second, { prompt: "login" })).toBe("select_account");
    expect(await promptOf(second, { max_age: "0" })).toBe("select_account");
  });

  it("rejects another browser, a missing interaction, another app's interaction and an unknown connection", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    for (const fields of [{ interaction, connection: "github" }, { connection: "github" }])
      expect((await new Browser(app).submit("social", fields)).status).toBe(400);
    const otherApp = await someApp();
    await connectGitHub(otherApp);
    const stranger = new Browser(otherApp);
    stranger.cookies.set([...browser.cookies.keys()][0] ?? "", [...browser.cookies.values()][0] ?? "");
    expect((await stranger.submit("social", { interaction, connection: "github" })).status).toBe(400);
    expect((await browser.submit("social", { interaction, connection: "nothing" })).status).toBe(404);
  });

  it("shows the sign-in page again if the connection is disabled", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    await updateConnection(await getApp(app.id), "github", { enabled: false }, OPERATOR);
    expect(screenOf(await browser.submit("social", { interaction, connection: "github" }))).toBe("signin");
  });

  it("leads to an error page if the interaction was completed in the meantime", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const answer = await browser.submit("social", { interaction, connection: "github" });
    const callback = await chooseAt(answer.headers.get("location") ?? "");
    await browser.signUp(interaction);
    await allow(browser, interaction);
    const before = await countPeopleOf(app);
    expect((await browser.open(callback)).status).toBe(400);
    expect(await countPeopleOf(app)).toEqual(before);
  });
});

function flashOf(browser: Browser) {
  return readFlash(browser.cookies.get(flashCookieName(browser.app.id)));
}

/** A user with a password, signed in on the hosted pages. */
async function signedInUser(email?: string): Promise<Browser> {
  const browser = new Browser(app, email);
  await browser.signUp(interactionOf(await browser.open(`/o/${app.id}/account/start`)));
  return browser;
}

async function link(browser: Browser, choice: Choice = {}) {
  const answer = await browser.submit("account/link", { connection: "github" });
  return browser.open(await chooseAt(answer.headers.get("location") ?? "", choice));
}

async function identitiesOf(browser: Browser) {
  const userId = await browser.userId();
  return db().identity.findMany({ where: { appId: app.id, userId } });
}

describe("linking an account", () => {
  it("makes it a sign-in method, even if the provider has not verified the email", async () => {
    const bob = await signedInUser();
    expect(screenOf(await link(bob, { fault: "unverified" }))).toBe("account");
    expect(flashOf(bob)).toMatchObject({ ok: true, message: expect.stringContaining("GitHub account was linked") });
    expect(await identitiesOf(bob)).toMatchObject([{ connection: "github", subject: "583231" }]);
    const elsewhere = new Browser(app);
    const start = await elsewhere.open(`/o/${app.id}/account/start`);
    await signInByButton(elsewhere, interactionOf(start), { fault: "unverified" });
    expect(await elsewhere.userId()).toBe(await bob.userId());
    expect(await lastEventOf(app, "identity.linked")).toMatchObject({ userId: await bob.userId(), actorType: "user" });
  });

  it("twice links it once", async () => {
    const bob = await signedInUser();
    await link(bob);
    await link(bob);
    expect(await identitiesOf(bob)).toHaveLength(1);
  });

  it("fails if it is linked to another user", async () => {
    const [bob, eve] = [await signedInUser(), await signedInUser()];
    await link(bob);
    await link(eve);
    expect(flashOf(eve)).toMatchObject({
      ok: false,
      message: expect.stringContaining("already linked to another user"),
    });
    expect(await identitiesOf(bob)).toHaveLength(1);
    expect(await identitiesOf(eve)).toHaveLength(0);
  });

  it("fails if another user signed in in the meantime", async () => {
    const bob = await signedInUser();
    const answer = await bob.submit("account/link", { connection: "github" });
    const callback = await chooseAt(answer.headers.get("location") ?? "");
    await bob.submit("account/signout", {});
    await bob.signUp(interactionOf(await bob.open(`/o/${app.id}/account/start`)));
    expect(screenOf(await bob.open(callback))).toBe("account");
    expect(await db().identity.count({ where: { appId: app.id } })).toBe(0);
  });

  it("requires a session", async () => {
    for (const form of ["account/link", "account/unlink"]) {
      const answer = await new Browser(app).submit(form, { connection: "github", identity: "x" });
      expect(locationOf(answer).pathname).toBe(`/o/${app.id}/account/start`);
    }
  });

  it("shows the error on the account page", async () => {
    const bob = await signedInUser();
    expect(screenOf(await link(bob, { login: "" }))).toBe("account");
    expect(flashOf(bob)).toMatchObject({ ok: false, message: expect.stringContaining("canceled") });
    expect(screenOf(await bob.submit("account/link", { connection: "nothing" }))).toBe("account");
    expect(flashOf(bob)).toMatchObject({ ok: false });
  });

  it("is rejected from another site's form", async () => {
    const bob = await signedInUser();
    for (const form of ["account/link", "account/unlink"])
      expect((await bob.submit(form, { connection: "github" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("unlinking an account", () => {
  async function unlink(browser: Browser, identity: string) {
    await browser.submit("account/unlink", { identity });
    return flashOf(browser);
  }

  /** A user who signed up with GitHub and has no password. */
  async function gitHubUser(choice: Choice = {}) {
    const browser = new Browser(app);
    await signInByButton(browser, interactionOf(await browser.open(`/o/${app.id}/account/start`)), choice);
    const [identity] = await identitiesOf(browser);
    return { browser, id: identity?.id ?? "" };
  }

  it("is allowed for a user with a password", async () => {
    const bob = await signedInUser();
    await link(bob);
    const [identity] = await identitiesOf(bob);
    expect(await unlink(bob, identity?.id ?? "")).toMatchObject({ ok: true });
    expect(await identitiesOf(bob)).toEqual([]);
    expect(await lastEventOf(app, "identity.unlinked")).toMatchObject({ userId: await bob.userId() });
  });

  it("is allowed for a user with a verified email if the app uses magic links", async () => {
    const { browser, id } = await gitHubUser();
    expect(await unlink(browser, id)).toMatchObject({ ok: true });
  });

  it.each<[string, Choice, Record<string, unknown>]>([
    ["without a verified email", { fault: "unverified" }, {}],
    ["without an email", { login: "erin" }, {}],
    ["if magic links are disabled", {}, { methods: { magic_link: false } }],
  ])("is rejected for the only sign-in method %s", async (_title, choice, settings) => {
    await updateApp(app.id, { settings }, OPERATOR);
    const { browser, id } = await gitHubUser(choice);
    expect(await unlink(browser, id)).toMatchObject({
      ok: false,
      message: expect.stringContaining("only sign-in method"),
    });
    expect(await identitiesOf(browser)).toHaveLength(1);
  });

  it("does not count disabled methods: passwords, or another connection", async () => {
    const issuer = await startIssuer();
    const oidc = { provider: "oidc", connection: "acme", client_id: "the-client", issuer: issuer.url } as const;
    await createConnection(await getApp(app.id), oidc, OPERATOR);
    const bob = await signedInUser();
    await link(bob);
    await updateApp(app.id, { settings: { methods: { password: false, magic_link: false } } }, OPERATOR);
    const userId = await bob.userId();
    const [github] = await identitiesOf(bob);
    const other = { appId: app.id, id: `idn_${"0".repeat(26)}`, userId, issuer: issuer.url, subject: "x" };
    await db().identity.create({ data: { ...other, connection: "acme" } });
    await updateConnection(await getApp(app.id), "acme", { enabled: false }, OPERATOR);
    expect(await unlink(bob, github?.id ?? "")).toMatchObject({ ok: false });
    await updateConnection(await getApp(app.id), "acme", { enabled: true }, OPERATOR);
    expect(await unlink(bob, github?.id ?? "")).toMatchObject({ ok: true });
    expect(await unlink(bob, other.id)).toMatchObject({ ok: false });
  });

  it("leaves one account if 20 are unlinked at once", async () => {
    await updateApp(app.id, { settings: { methods: { magic_link: false } } }, OPERATOR);
    const { browser } = await gitHubUser();
    const userId = await browser.userId();
    const more = Array.from({ length: 19 }, (_, index) => ({
      ...{ appId: app.id, id: `idn_${String(index).padStart(26, "0")}`, userId },
      ...{ connection: "github", issuer: "https://x.example", subject: String(index) },
    }));
    await db().identity.createMany({ data: more });
    const all = await identitiesOf(browser);
    await Promise.all(all.map(({ id }) => browser.submit("account/unlink", { identity: id })));
    expect(await identitiesOf(browser)).toHaveLength(1);
  });

  it("fails for another user's account", async () => {
    const bob = await signedInUser();
    await link(bob);
    const [identity] = await identitiesOf(bob);
    expect(await unlink(await signedInUser(), identity?.id ?? "")).toMatchObject({ ok: false });
    expect(await identitiesOf(bob)).toHaveLength(1);
  });
});
