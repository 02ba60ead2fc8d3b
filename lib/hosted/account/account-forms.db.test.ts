/**
 * The forms of a user's own account page: they act for the signed-in user, on their own data, and
 * on nothing else.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { SOME_PASSWORD, someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  Browser,
  getTokens,
  interactionOf,
  locationOf,
  refreshTokens,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { flashCookieName, readFlash } from "../flash";

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
});

async function signedIn(email?: string): Promise<Browser> {
  const browser = new Browser(app, email);
  browser.registered = email !== undefined;
  await authorize(browser, client);
  return browser;
}

function isLive(browser: Browser, id: string): Promise<boolean> {
  const where = { appId_id: { appId: browser.app.id, id } };
  return db()
    .session.findUniqueOrThrow({ where })
    .then((session) => session.revokedAt === null);
}

function flash(browser: Browser) {
  return readFlash(browser.cookies.get(flashCookieName(app.id)));
}

it("starts with a sign-in that leads to the account page, bound to this browser", async () => {
  const bob = await signedIn();
  const start = await bob.open(`/o/${app.id}/account/start`);
  expect([start.status, screenOf(start)]).toEqual([303, "signin"]);
  expect(screenOf(await bob.signIn(interactionOf(start)))).toBe("account");
  const other = new Browser(app, bob.email);
  expect((await other.signIn(interactionOf(start))).status).toBe(400);
});

it("redirects a user who is not signed in to the sign-in page, and does nothing", async () => {
  const anonymous = new Browser(app);
  const fields = { name: "x", session: "others", client: client.id, current_password: "x", new_password: "y" };
  for (const form of ["account/profile", "account/password", "account/sessions", "account/disconnect"]) {
    const answer = await anonymous.submit(form, fields);
    expect([answer.status, locationOf(answer).pathname]).toEqual([303, `/o/${app.id}/account/start`]);
  }
});

it("saves a name, or says what is wrong with it", async () => {
  const bob = await signedIn();
  const name = async () => (await db().user.findFirst({ where: { appId: app.id, id: await bob.userId() } }))?.name;
  expect(screenOf(await bob.submit("account/profile", { name: "Bób <b>" }))).toBe("account");
  expect(await name()).toBe("Bób <b>");
  // Told there and on no other page of the App.
  expect(flash(bob)).toMatchObject({ ok: true, page: `/o/${app.id}/account` });
  await bob.submit("account/profile", { name: "x".repeat(201) });
  expect(flash(bob)).toMatchObject({
    ok: false,
    fields: { name: expect.any(String) },
    typed: { name: "x".repeat(201) },
  });
  expect(await name()).toBe("Bób <b>");
});

describe("sessions", () => {
  it("ends the one it is told, of this user only", async () => {
    const laptop = await signedIn();
    const [phone, stranger] = [await signedIn(laptop.email), await signedIn()];
    const [theirs, other] = [(await phone.session()).id, (await stranger.session()).id];
    await laptop.submit("account/sessions", { session: other });
    expect(await isLive(stranger, other)).toBe(true);
    await laptop.submit("account/sessions", { session: theirs });
    expect(await isLive(phone, theirs)).toBe(false);
    expect(await isLive(laptop, (await laptop.session()).id)).toBe(true);
  });

  it("ends all others, and what they gave without offline access", async () => {
    const laptop = await signedIn();
    const phone = await signedIn(laptop.email);
    const stranger = await signedIn();
    const [online, offline] = [await getTokens(client, phone, { scope: "email" }), await getTokens(client, phone)];
    const kept = (await laptop.session()).id;
    await laptop.submit("account/sessions", { session: "others" });
    expect(await isLive(phone, (await phone.session()).id)).toBe(false);
    expect(await isLive(laptop, kept)).toBe(true);
    expect(await isLive(stranger, (await stranger.session()).id)).toBe(true);
    expect((await refreshTokens(client, online.refresh_token)).status).toBe(400);
    expect((await refreshTokens(client, offline.refresh_token)).status).toBe(200);
  });

  it("signs this browser out: session and cookie go", async () => {
    const bob = await signedIn();
    const { id } = await bob.session();
    const answer = await bob.submit("account/signout", {});
    expect(answer.status).toBe(303);
    expect(answer.headers.get("set-cookie")).toMatch(/Max-Age=0/);
    expect(await isLive(bob, id)).toBe(false);
  });
});

describe("password", () => {
  const fields = { current_password: SOME_PASSWORD, new_password: "another horse battery" };

  it("changes with the present one, and ends every other session and every grant", async () => {
    const laptop = await signedIn();
    const phone = await signedIn(laptop.email);
    const tokens = await getTokens(client, phone);
    await laptop.submit("account/password", fields);
    expect(flash(laptop)).toMatchObject({ ok: true });
    expect(await isLive(phone, (await phone.session()).id)).toBe(false);
    expect(await isLive(laptop, (await laptop.session()).id)).toBe(true);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(400);
    const again = new Browser(app, laptop.email);
    const interaction = interactionOf(await again.open(`/o/${app.id}/account/start`));
    expect(screenOf(await again.signIn(interaction))).toBe("signin");
    expect(screenOf(await again.signIn(interaction, fields.new_password))).toBe("account");
  });

  it.each<[string, Record<string, string>, string]>([
    ["a wrong present one", { current_password: "wrong" }, "current_password"],
    ["a short new one", { new_password: "short" }, "new_password"],
    ["no new one", { new_password: "" }, "new_password"],
  ])("not with %s, and the cookie that says so holds neither", async (_, changes, field) => {
    const bob = await signedIn();
    await bob.submit("account/password", { ...fields, ...changes });
    expect(flash(bob)).toMatchObject({ ok: false, fields: { [field]: expect.any(String) } });
    expect(JSON.stringify(flash(bob))).not.toContain(fields.new_password);
    const other = new Browser(app, bob.email);
    const interaction = interactionOf(await other.open(`/o/${app.id}/account/start`));
    expect(screenOf(await other.signIn(interaction))).toBe("account");
  });
});

describe("disconnecting", () => {
  it("ends consent and grants of that client, once, and no other user's", async () => {
    const [bob, carol] = [await signedIn(), await signedIn()];
    const [his, hers] = [await getTokens(client, bob), await getTokens(client, carol)];
    await bob.submit("account/disconnect", { client: client.id });
    expect((await refreshTokens(client, his.refresh_token)).status).toBe(400);
    expect((await refreshTokens(client, hers.refresh_token)).status).toBe(200);
    const where = { appId: app.id, userId: await bob.userId(), type: "client.disconnected" };
    await bob.submit("account/disconnect", { client: client.id });
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it.each(["", "cli_nonsense", "'; DROP"])("%j is none of theirs, and no error", async (id) => {
    const bob = await signedIn();
    expect(screenOf(await bob.submit("account/disconnect", { client: id }))).toBe("account");
  });
});
