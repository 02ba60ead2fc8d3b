/** The device authorization endpoint and the hosted device pages (RFC 8628 §3.1–§3.3). */
// cspell:ignore BCDF GHJK GHJKL
import { beforeAll, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { sha256 } from "@/lib/crypto/hash";
import { db } from "@/lib/database/client";
import {
  allowDevice,
  answerDevice,
  changeDevice,
  DEVICE_GRANT,
  enterCode,
  poll,
  rowOfCode,
  someDeviceClient,
  startDevice,
} from "@/test/support/device";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  basic,
  changeClient,
  expectOAuthError,
  interactionOf,
  locationOf,
  post,
  screenOf,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let cli: TestClient;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  cli = await someDeviceClient(app);
});

function start(client: TestClient, fields: Record<string, string | string[] | undefined> = {}) {
  return post(client, "device_authorization", { scope: "openid", ...fields });
}

describe("the device authorization endpoint", () => {
  it("has no CORS headers: devices of RFC 8628 aren't pages in a browser", async () => {
    const headers = { origin: "https://photos.example" };
    const answer = await send(`/o/${app.id}/device_authorization`, {
      form: { client_id: cli.id, scope: "openid" },
      headers,
    });
    expect(answer.status).toBe(200);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("answers as in RFC 8628 §3.2, with every spelling of its path", async () => {
    for (const path of [
      `/o/${app.id}/device_authorization`,
      `/o/${app.id}/device-authorization`,
      "/o/device_authorization",
      "/o/device-authorization",
    ]) {
      const { status, body, headers } = await send(path, { form: { client_id: cli.id, scope: "openid" } });
      expect(status).toBe(200);
      expect(body).toEqual({
        device_code: expect.stringMatching(/^fd_[0-9a-z]+_[\w-]{43}$/),
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
        verification_uri: `${app.issuer}/device`,
        verification_uri_complete: `${app.issuer}/device?user_code=${body.user_code}`,
        expires_in: 600,
        interval: 5,
      });
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  it("stores the device code hashed, with the device's IP address and user agent, and an event", async () => {
    const cli = await someDeviceClient(app);
    const { body } = await start(cli, { scope: "openid nope photos:read" });
    const row = await db().deviceCode.findUniqueOrThrow({ where: rowOfCode(app, body.user_code) });
    expect(row).toMatchObject({ scopes: ["openid"], ip: "192.0.2.1", userAgent: "test", decision: null });
    expect(Buffer.from(row.hash)).toEqual(sha256(body.device_code));
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, type: "device.requested", clientId: cli.id },
      orderBy: { id: "desc" },
    });
    expect(event).toMatchObject({ actorType: "client", explanation: { scopes: ["openid"] } });
  });

  it("of one client in one minute is one event with a count, because anyone can start it", async () => {
    const cli = await someDeviceClient(app);
    freezeClock(new Date());
    await Promise.all(Array.from({ length: 20 }, () => start(cli)));
    freezeClock(null);
    const events = await db().auditEvent.findMany({ where: { appId: app.id, clientId: cli.id } });
    expect(events.map(({ type, count }) => [type, count])).toContainEqual(["device.requested", 20]);
    expect(events.filter(({ type }) => type === "device.requested")).toHaveLength(1);
  });

  it("authenticates the client", async () => {
    const server = await someDeviceClient(app, { public: false });
    expect((await start(server)).status).toBe(200);
    const wrong = { authorization: basic({ id: server.id, secret: "wrong" }).authorization ?? "" };
    const path = `/o/${app.id}/device_authorization`;
    expectOAuthError(await send(path, { form: { scope: "openid" }, headers: wrong }), 401, "invalid_client");
    expectOAuthError(await send(path, { form: { client_id: server.id } }), 401, "invalid_client");
    expectOAuthError(await send(path, { form: {} }), 401, "invalid_client");
    const neighbor = await someDeviceClient(await someApp());
    expectOAuthError(await send(path, { form: { client_id: neighbor.id } }), 401, "invalid_client");
  });

  it("requires the grant type", async () => {
    expectOAuthError(await start(await someClient(app)), 400, "unauthorized_client");
  });

  it.each<[string, string | string[] | undefined, string]>([
    ["unknown", "nope", "invalid_scope"],
    ["malformed", 'openid "x"', "invalid_scope"],
    ["doubled", ["openid", "email"], "invalid_request"],
    ["too long", "a".repeat(9000), "invalid_request"],
    ["with NUL", "openid\0", "invalid_request"],
  ])("rejects a scope that is %s", async (_title, scope, code) => {
    const before = await db().deviceCode.count({ where: { appId: app.id } });
    expectOAuthError(await start(cli, { scope }), 400, code);
    expect(await db().deviceCode.count({ where: { appId: app.id } })).toBe(before);
  });

  it("grants the client's own scopes without openid and offline_access if none is sent", async () => {
    const { body } = await start(cli, { scope: undefined });
    expect(await db().deviceCode.findUnique({ where: rowOfCode(app, body.user_code) })).toMatchObject({
      scopes: ["profile", "email"],
    });
  });
});

describe("the device page", () => {
  it("reads the code without regard to case, dash and spaces, then asks the user to sign in", async () => {
    const { user_code } = await startDevice(cli);
    const typed = [user_code, user_code.toLowerCase(), user_code.replace("-", ""), ` ${user_code.replace("-", " ")} `];
    for (const code of typed) {
      const bob = new Browser(app);
      const answer = await bob.submit("device", { user_code: code });
      expect(answer.status).toBe(303);
      expect(screenOf(answer)).toBe("signin");
      const signedUp = await bob.signUp(interactionOf(answer));
      expect(screenOf(signedUp)).toBe("device/confirm");
    }
  });

  it("asks a user who is signed in too, and never skips a consent that was given before", async () => {
    const bob = new Browser(app);
    await allowDevice(bob, await startDevice(cli));
    const again = await bob.submit("device", { user_code: (await startDevice(cli)).user_code });
    expect(screenOf(again)).toBe("device/confirm");
  });

  it.each(["", "AAAA-AAAA", "BCDF-GHJ", "BCDF-GHJKL", "x".repeat(5000)])(
    "shows the form again for the code %j",
    async (user_code) => {
      const answer = await new Browser(app).submit("device", { user_code: user_code || undefined });
      expect(answer.status).toBe(303);
      expect(screenOf(answer)).toBe("device");
      expect(locationOf(answer).href.length).toBeLessThan(200);
    },
  );

  it("rejects a form with a doubled field, with NUL, or from another site", async () => {
    const bob = new Browser(app);
    const { user_code } = await startDevice(cli);
    expect((await bob.submit("device", { user_code: [user_code, user_code] })).status).toBe(400);
    expect((await bob.submit("device", { user_code: "BCDF\0GHJK" })).status).toBe(400);
    expect((await bob.submit("device", { user_code }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("doesn't know the code of another app, an expired or an answered code, or one of a deleted client", async () => {
    const other = await someApp();
    const foreign = await startDevice(await someDeviceClient(other));
    const expired = await startDevice(cli);
    await changeDevice(app, expired, { expiresAt: new Date(Date.now() - 1000) });
    const answered = await startDevice(cli);
    await allowDevice(new Browser(app), answered);
    const gone = await someDeviceClient(app);
    const orphan = await startDevice(gone);
    const path = `/api/v1/apps/${app.id}/clients/${gone.id}`;
    expect((await send(path, { method: "DELETE", bearer: app.apiKey })).status).toBe(204);
    for (const { user_code } of [foreign, expired, answered, orphan]) {
      const answer = await new Browser(app).submit("device", { user_code });
      expect(screenOf(answer)).toBe("device");
    }
  });

  it("leaves an event for a wrong code, once a minute", async () => {
    const own = await someApp();
    const guesser = new Browser(own);
    for (let guess = 0; guess < 3; guess++) await guesser.submit("device", { user_code: "BBBB-BBBB" });
    const events = await db().auditEvent.findMany({ where: { appId: own.id, type: "device.code_rejected" } });
    expect(events.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(events[0]).toMatchObject({ reason: "unknown_code", ip: guesser.ip });
  });

  it("rejects the 31st code with 429 after 30 wrong ones from one IP address, also a right one", async () => {
    const guesser = new Browser(app);
    const { user_code } = await startDevice(cli);
    for (let guess = 0; guess < 30; guess++)
      expect((await guesser.submit("device", { user_code: "BBBB-BBBB" })).status).toBe(303);
    const late = await guesser.submit("device", { user_code: "BBBB-BBBB" });
    expect(late.status).toBe(429);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await guesser.submit("device", { user_code })).status).toBe(429);
    expect(screenOf(await new Browser(app).submit("device", { user_code }))).toBe("signin");
  });

  it("counts at most 30 of 60 wrong codes that arrive at once", async () => {
    const guesser = new Browser(app);
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => guesser.submit("device", { user_code: "BBBB-BBBC" })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(30);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });
});

describe("the answer of the user", () => {
  it("is stored with the user, the session and the consent, and as events", async () => {
    const bob = new Browser(app);
    const started = await startDevice(cli);
    await allowDevice(bob, started);
    const session = await bob.session();
    const row = await db().deviceCode.findUnique({ where: rowOfCode(app, started.user_code) });
    expect(row).toMatchObject({ decision: "allow", userId: session.userId, sessionId: session.id, amr: ["pwd"] });
    const where = { appId_userId_clientId: { appId: app.id, userId: session.userId, clientId: cli.id } };
    expect(await db().consent.findUnique({ where })).toMatchObject({
      scopes: expect.arrayContaining(["openid", "offline_access"]),
    });
    const events = await db().auditEvent.findMany({ where: { appId: app.id, userId: session.userId } });
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(["consent.given", "device.allowed"]));
  });

  it("can deny, which keeps no consent", async () => {
    const bob = new Browser(app);
    const started = await startDevice(cli);
    const answer = await answerDevice(bob, await enterCode(bob, started.user_code), "deny");
    expect(screenOf(answer)).toBe("done/device-denied");
    expect(await db().consent.count({ where: { appId: app.id, userId: await bob.userId() } })).toBe(0);
    expect(
      await db().auditEvent.count({ where: { appId: app.id, type: "device.denied", userId: await bob.userId() } }),
    ).toBe(1);
    expectOAuthError(await poll(cli, started), 400, "access_denied");
  });

  it("leaves out an optional scope that the user unchecked", async () => {
    const client = await someDeviceClient(app, { scopes: ["openid", "photos:share"] });
    const bob = new Browser(app);
    const kept = await startDevice(client, { scope: "openid photos:share" });
    await answerDevice(bob, await enterCode(bob, kept.user_code), "allow", { "scope:photos:share": "on" });
    expect((await poll(client, kept)).body.scope).toBe("openid photos:share");
    const started = await startDevice(client, { scope: "openid photos:share" });
    await answerDevice(bob, await enterCode(bob, started.user_code), "allow");
    expect((await poll(client, started)).body.scope).toBe("openid");
    const nothing = await startDevice(client, { scope: "photos:share" });
    const answer = await answerDevice(bob, await enterCode(bob, nothing.user_code), "allow");
    expect(screenOf(answer)).toBe("done/device-denied");
    expectOAuthError(await poll(client, nothing), 400, "access_denied");
  });

  it("must be allow or deny", async () => {
    const bob = new Browser(app);
    const started = await startDevice(cli);
    const interaction = await enterCode(bob, started.user_code);
    expect((await answerDevice(bob, interaction, "maybe")).status).toBe(400);
    expectOAuthError(await poll(cli, started), 400, "authorization_pending");
  });

  it("counts once: twenty answers at once, and a later one of another browser, change nothing", async () => {
    const started = await startDevice(cli);
    const [bob, eve] = [new Browser(app), new Browser(app)];
    const [mine, hers] = [await enterCode(bob, started.user_code), await enterCode(eve, started.user_code)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => answerDevice(bob, mine, "allow", { nth: String(nth) })),
    );
    expect(answers.filter((answer) => screenOf(answer) === "done/device-allowed")).toHaveLength(1);
    expect(screenOf(await answerDevice(eve, hers, "allow"))).toBe("device");
    expect(screenOf(await answerDevice(eve, hers, "deny", { nth: "2" }))).toBe("device");
    const row = await db().deviceCode.findUnique({ where: rowOfCode(app, started.user_code) });
    expect(row).toMatchObject({ decision: "allow", userId: await bob.userId() });
    expect(
      await db().auditEvent.count({ where: { appId: app.id, type: "device.allowed", userId: await bob.userId() } }),
    ).toBe(1);
    expect(await db().consent.count({ where: { appId: app.id, userId: await eve.userId() } })).toBe(0);
  });

  it("is rejected after the code has expired, and the device gets expired_token", async () => {
    const bob = new Browser(app);
    const started = await startDevice(cli);
    const interaction = await enterCode(bob, started.user_code);
    await changeDevice(app, started, { expiresAt: new Date(Date.now() - 1000) });
    expect(screenOf(await answerDevice(bob, interaction, "allow"))).toBe("device");
    expectOAuthError(await poll(cli, started), 400, "expired_token");
  });

  it("is ignored from another user, another browser, another app and without a session", async () => {
    const started = await startDevice(cli);
    const [bob, eve] = [new Browser(app), new Browser(app)];
    const interaction = await enterCode(bob, started.user_code);
    await enterCode(eve, started.user_code);
    // Eve's user ID in Bob's browser: the page was shown to another user.
    const foreignUser = { interaction, user: await eve.userId(), decision: "allow" };
    expect(screenOf(await bob.submit("device/confirm", foreignUser))).toBe("device/confirm");
    expect((await answerDevice(eve, interaction, "allow")).status).toBe(400);
    const signedOut = new Browser(app);
    expect((await signedOut.submit("device/confirm", { interaction, decision: "allow" })).status).toBe(400);
    const elsewhere = new Browser(await someApp());
    await enterCode(elsewhere, (await startDevice(await someDeviceClient(elsewhere.app))).user_code);
    expect((await answerDevice(elsewhere, interaction, "allow")).status).toBe(400);
    expectOAuthError(await poll(cli, started), 400, "authorization_pending");
  });

  it("repeats its page after a double click", async () => {
    const bob = new Browser(app);
    const interaction = await enterCode(bob, (await startDevice(cli)).user_code);
    for (let click = 0; click < 2; click++)
      expect(screenOf(await answerDevice(bob, interaction, "allow"))).toBe("done/device-allowed");
  });
});

it("is a grant type that needs no redirect URI, also for a client with a secret", async () => {
  const client = await someClient(app, { redirect_uris: [], grant_types: [DEVICE_GRANT] });
  expect(client.secret).not.toBeNull();
  await expect(changeClient(client, { grant_types: [DEVICE_GRANT, "refresh_token"] })).resolves.toBeDefined();
  await expect(changeClient(client, { grant_types: ["refresh_token"] })).rejects.toThrow();
});
