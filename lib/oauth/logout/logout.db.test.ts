/** Back-channel logout (OpenID Connect Back-Channel Logout 1.0). */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { db, pool } from "@/lib/database/client";
import { updateUser } from "@/lib/users/update-user";
import { createOwnDatabase } from "@/test/support/database";
import { allowDevice, poll, someDeviceClient, startDevice } from "@/test/support/device";
import { SOME_PASSWORD, someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  changeClient,
  getTokens,
  interactionOf,
  OPERATOR,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";
import { ATTEMPTS_AT_SECONDS } from "./notices";
import { deliverDueLogouts } from "./outbox";

await createOwnDatabase();

/** A relying party: the logout tokens that it received by path, and how it answers. */
const received: { path: string; token: string; type: string }[] = [];
let respond = (response: ServerResponse): void => {
  response.writeHead(200).end();
};
let server: Server;
let app: TestApp;

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const token = new URLSearchParams(await read(request)).get("logout_token") ?? "";
    received.push({ path: request.url ?? "", token, type: request.headers["content-type"] ?? "" });
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app = await someApp();
  await someScopes(app);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  received.length = 0;
  respond = (response) => response.writeHead(200).end();
  await db().logoutNotice.deleteMany({});
});

function uri(path: string): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}

function relyingParty(path: string, input = {}): Promise<TestClient> {
  return someClient(app, { backchannel_logout_uri: uri(path), ...input });
}

/** The paths that were called, after all due notices were sent. */
async function delivered(): Promise<string[]> {
  await deliverDueLogouts();
  return received.map(({ path }) => path).sort();
}

function signOut(browser: Browser) {
  return browser.submit("account/signout", {});
}

function notice(client: TestClient) {
  return db().logoutNotice.findFirst({ where: { appId: app.id, clientId: client.id } });
}

/** Makes the next attempt due, as if its time had come. */
async function elapse(client: TestClient): Promise<void> {
  const where = { appId: app.id, clientId: client.id };
  await db().logoutNotice.updateMany({ where, data: { nextAttemptAt: new Date(Date.now() - 1000) } });
}

describe("the logout token", () => {
  it.each(["RS256", "ES256", "PS256", "EdDSA"] as const)(
    "has the members of §2.4, signed with %s like the ID token",
    async (alg) => {
      const client = await relyingParty("/a", { id_token_signed_response_alg: alg });
      const bob = new Browser(app);
      const { id_token } = await getTokens(client, bob);
      await signOut(bob);
      expect(await delivered()).toEqual(["/a"]);
      const [{ token = "", type = "" } = {}] = received;
      expect(type).toBe("application/x-www-form-urlencoded");
      const jwks = createLocalJWKSet((await send(`/o/${app.id}/jwks`)).body);
      const { payload, protectedHeader } = await jwtVerify(token, jwks, { issuer: app.issuer, audience: client.id });
      expect(protectedHeader).toEqual({ alg, typ: "logout+jwt", kid: expect.any(String) });
      const { sub, sid } = decodeJwt(id_token);
      expect(payload).toEqual({
        iss: app.issuer,
        aud: client.id,
        sub,
        sid,
        iat: expect.any(Number),
        exp: (payload.iat ?? 0) + 120,
        jti: expect.stringMatching(/^jti_/),
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      });
      expect(await notice(client)).toBeNull();
    },
  );

  it("has the pairwise subject of the client (OIDC Core §8)", async () => {
    const client = await relyingParty("/pairwise", { subject_type: "pairwise" });
    const bob = new Browser(app);
    const { id_token } = await getTokens(client, bob);
    const { sub } = decodeJwt(id_token);
    expect(sub).not.toBe(await bob.userId());
    await signOut(bob);
    await delivered();
    expect(decodeJwt(received[0]?.token ?? "").sub).toBe(sub);
  });

  it("is accepted nowhere as an ID token or an access token", async () => {
    const client = await relyingParty("/a");
    const bob = new Browser(app);
    await getTokens(client, bob);
    await signOut(bob);
    await delivered();
    const token = received[0]?.token ?? "";
    expect((await send("/api/me", { bearer: token })).status).toBe(401);
    await bob.open(`/o/${app.id}/account/start`);
    const hint = await bob.open(`/o/${app.id}/logout?id_token_hint=${token}`);
    expect(hint.body).not.toContain("Redirecting");
    expect(hint.status).toBe(200);
  });
});

describe("a logout token is sent", () => {
  const ends: [string, (bob: Browser, client: TestClient) => Promise<unknown>][] = [
    ["a sign-out on the account page", (bob) => signOut(bob)],
    [
      "RP-initiated logout",
      async (bob, client) => {
        const { id_token } = await getTokens(client, bob);
        await bob.open(`/o/${app.id}/logout?id_token_hint=${id_token}`);
      },
    ],
    [
      "a revocation of the session by the app",
      async (bob) => {
        const { id, userId } = await bob.session();
        await send(`/api/v1/apps/${app.id}/users/${userId}/sessions/${id}`, { method: "DELETE", bearer: app.apiKey });
      },
    ],
    [
      "a revocation of all sessions",
      async (bob) =>
        send(`/api/v1/apps/${app.id}/users/${await bob.userId()}/sessions`, { method: "DELETE", bearer: app.apiKey }),
    ],
    [
      "a new password",
      async (bob) => updateUser(await getApp(app.id), await bob.userId(), { password: "another good one" }, OPERATOR),
    ],
    [
      "disabling the user",
      async (bob) => updateUser(await getApp(app.id), await bob.userId(), { disabled: true }, OPERATOR),
    ],
    [
      "the deletion of the user",
      async (bob) =>
        send(`/api/v1/apps/${app.id}/users/${await bob.userId()}`, { method: "DELETE", bearer: app.apiKey }),
    ],
    [
      "the deletion of the session's row",
      async (bob) => {
        const { id } = await bob.session();
        await db().session.delete({ where: { appId_id: { appId: app.id, id } } });
      },
    ],
    [
      "the expiry of the session",
      async (bob) => {
        const { id } = await bob.session();
        const past = new Date(Date.now() - 1000);
        await db().session.update({ where: { appId_id: { appId: app.id, id } }, data: { idleExpiresAt: past } });
        await db().logoutNotice.updateMany({ where: { appId: app.id, sessionId: id }, data: { nextAttemptAt: past } });
      },
    ],
    [
      "the sign-in of another user in the same browser",
      async (bob) => {
        const other = new Browser(app);
        await getTokens(await someClient(app), other);
        const started = await bob.open(`/o/${app.id}/account/start`);
        await bob.signIn(interactionOf(started), SOME_PASSWORD, other.email);
      },
    ],
  ];

  it.each(ends)("to each client of the session after %s", async (_title, end) => {
    const [one, two, silent] = [await relyingParty("/one"), await relyingParty("/two"), await someClient(app)];
    const [bob, eve] = [new Browser(app), new Browser(app)];
    for (const client of [one, two, silent]) await getTokens(client, bob);
    await getTokens(one, eve);
    expect(await delivered()).toEqual([]);
    const sid = (await bob.session()).id;
    await end(bob, one);
    expect(await delivered()).toEqual(["/one", "/two"]);
    for (const { token } of received) expect(decodeJwt(token).sid).toBe(sid);
    expect(await delivered()).toHaveLength(2);
  });

  it("also where a grant with offline access stays, and to a client whose grant was revoked before", async () => {
    const [offline, gone] = [await relyingParty("/offline"), await relyingParty("/gone")];
    const bob = new Browser(app);
    const { refresh_token } = await getTokens(offline, bob);
    await getTokens(gone, bob);
    await bob.submit("account/disconnect", { client: gone.id });
    await signOut(bob);
    expect(await delivered()).toEqual(["/gone", "/offline"]);
    expect((await refreshTokens(offline, refresh_token)).status).toBe(200);
  });

  it("to a client of a device that the user allowed in the session", async () => {
    const cli = await someDeviceClient(app, { backchannel_logout_uri: uri("/device") });
    const bob = new Browser(app);
    const started = await startDevice(cli);
    await allowDevice(bob, started);
    expect((await poll(cli, started)).status).toBe(200);
    await signOut(bob);
    expect(await delivered()).toEqual(["/device"]);
  });

  it("to a client that set its URL after the sign-in", async () => {
    const client = await someClient(app);
    const bob = new Browser(app);
    await getTokens(client, bob);
    await changeClient(client, { backchannel_logout_uri: uri("/late") });
    await signOut(bob);
    expect(await delivered()).toEqual(["/late"]);
  });

  it("not for tokens without openid, nor to a client that was deleted or removed its URL", async () => {
    const [plain, deleted, removed] = [
      await relyingParty("/plain"),
      await relyingParty("/x"),
      await relyingParty("/y"),
    ];
    const bob = new Browser(app);
    await getTokens(plain, bob, { scope: "email" });
    for (const client of [deleted, removed]) await getTokens(client, bob);
    await send(`/api/v1/apps/${app.id}/clients/${deleted.id}`, { method: "DELETE", bearer: app.apiKey });
    await changeClient(removed, { backchannel_logout_uri: null });
    await signOut(bob);
    expect(await delivered()).toEqual([]);
  });

  it("not when the same user signs in again, and then once, with the sid that the client knows", async () => {
    const client = await relyingParty("/again");
    const bob = new Browser(app);
    const tokens = await getTokens(client, bob);
    const before = await bob.session();
    const started = await bob.open(`/o/${app.id}/account/start`);
    await bob.signIn(interactionOf(started));
    expect((await bob.session()).id).not.toBe(before.id);
    expect(await delivered()).toEqual([]);
    const refreshed = await refreshTokens(client, tokens.refresh_token);
    expect(decodeJwt(refreshed.body.id_token).sid).toBe(before.id);
    await signOut(bob);
    expect(await delivered()).toEqual(["/again"]);
    expect(decodeJwt(received[0]?.token ?? "").sid).toBe(before.id);
  });

  it("once for twenty code exchanges in one session, and by one of several processes", async () => {
    const client = await relyingParty("/many");
    const bob = new Browser(app);
    await getTokens(client, bob);
    await Promise.all(Array.from({ length: 5 }, () => getTokens(client, bob)));
    await signOut(bob);
    await Promise.all([deliverDueLogouts(), deliverDueLogouts(), deliverDueLogouts()]);
    expect(received).toHaveLength(1);
  });

  it("to no client of another app", async () => {
    const neighbor = await someApp();
    const theirs = await someClient(neighbor, { backchannel_logout_uri: uri("/neighbor") });
    await getTokens(theirs, new Browser(neighbor));
    const bob = new Browser(app);
    await getTokens(await relyingParty("/ours"), bob);
    await signOut(bob);
    expect(await delivered()).toEqual(["/ours"]);
  });
});

describe("a delivery that fails", () => {
  async function failing(answer: (response: ServerResponse) => void): Promise<TestClient> {
    respond = answer;
    const client = await relyingParty("/failing");
    const bob = new Browser(app);
    await getTokens(client, bob);
    await signOut(bob);
    return client;
  }

  function event(client: TestClient, type: string) {
    return db().auditEvent.findFirst({ where: { appId: app.id, clientId: client.id, type } });
  }

  it("is tried at 0 s, 5 s, 30 s, 2 min, 10 min, 1 h, 6 h and 24 h with a fresh token, then leaves an event", async () => {
    expect(ATTEMPTS_AT_SECONDS).toEqual([0, 5, 30, 120, 600, 3600, 21_600, 86_400]);
    const client = await failing((response) => response.writeHead(500).end());
    for (const [attempt, seconds] of ATTEMPTS_AT_SECONDS.slice(1).entries()) {
      await deliverDueLogouts();
      expect(received).toHaveLength(attempt + 1);
      const row = await notice(client);
      const after = (row?.nextAttemptAt.getTime() ?? 0) - (row?.endedAt?.getTime() ?? 0);
      expect(Math.round(after / 1000)).toBe(seconds);
      expect(await event(client, "logout.failed")).toBeNull();
      await elapse(client);
    }
    await deliverDueLogouts();
    expect(received).toHaveLength(8);
    expect(new Set(received.map(({ token }) => decodeJwt(token).jti)).size).toBe(8);
    expect(await notice(client)).toBeNull();
    expect(await event(client, "logout.failed")).toMatchObject({
      reason: "status_500",
      explanation: { backchannel_logout_uri: uri("/failing"), attempts: 8 },
    });
  });

  it("is over with the first success", async () => {
    const client = await failing((response) => response.writeHead(503).end());
    await deliverDueLogouts();
    respond = (response) => response.writeHead(204).end();
    await elapse(client);
    await deliverDueLogouts();
    expect(received).toHaveLength(2);
    expect(await notice(client)).toBeNull();
    expect(await event(client, "logout.failed")).toBeNull();
  });

  it("leaves an event at once if the client rejects the token with 400, and is tried again", async () => {
    const client = await failing((response) => response.writeHead(400).end('{"error":"invalid_request"}'));
    await deliverDueLogouts();
    expect(await event(client, "logout.rejected")).toMatchObject({ reason: "status_400" });
    expect((await notice(client))?.attempts).toBe(1);
  });

  it("doesn't follow a redirect", async () => {
    const client = await failing((response) => response.writeHead(307, { Location: uri("/elsewhere") }).end());
    expect(await delivered()).toEqual(["/failing"]);
    expect((await notice(client))?.attempts).toBe(1);
  });

  it("doesn't call a private address", async () => {
    const client = await relyingParty("/private", { backchannel_logout_uri: "https://10.0.0.7/logout" });
    const bob = new Browser(app);
    await getTokens(client, bob);
    await signOut(bob);
    expect(await delivered()).toEqual([]);
    expect((await notice(client))?.attempts).toBe(1);
  });

  it("by a client that hangs never delays the user, and other clients' tokens are sent meanwhile", async () => {
    const hanging: ServerResponse[] = [];
    const client = await failing((response) => void hanging.push(response));
    const running = deliverDueLogouts();
    await expect.poll(() => hanging.length).toBe(1);
    const bob = new Browser(app);
    await getTokens(await relyingParty("/quick"), bob);
    respond = (response) => response.writeHead(200).end();
    const before = Date.now();
    await signOut(bob);
    expect(Date.now() - before).toBeLessThan(2000);
    const other = deliverDueLogouts();
    await expect.poll(() => received.map(({ path }) => path)).toContain("/quick");
    await Promise.all([running, other]);
    expect((await notice(client))?.attempts).toBe(1);
  }, 20_000);
});

it("clients of one app that hang leave requests for other apps", async () => {
  const hanging: ServerResponse[] = [];
  respond = (response) => void hanging.push(response);
  const endedAt = new Date(Date.now() - 60_000);
  for (let nth = 0; nth < 15; nth++) {
    const { id: clientId } = await relyingParty("/hanging");
    const sessions = Array.from({ length: 5 }, (_, index) => `ses_${nth}_${index}`);
    const rows = sessions.map((sid) => ({ sid, sessionId: sid, subject: "usr_x", nextAttemptAt: endedAt }));
    await db().logoutNotice.createMany({ data: rows.map((row) => ({ appId: app.id, clientId, endedAt, ...row })) });
  }
  const neighbor = await someApp();
  const client = await someClient(neighbor, { backchannel_logout_uri: uri("/neighbor") });
  const last = { appId: neighbor.id, clientId: client.id, sid: "ses_n", sessionId: "ses_n", subject: "usr_n" };
  await db().logoutNotice.create({ data: { ...last, endedAt, nextAttemptAt: new Date() } });
  const running = deliverDueLogouts();
  await expect.poll(() => received.map(({ path }) => path), { timeout: 3000 }).toContain("/neighbor");
  await db().logoutNotice.deleteMany({});
  for (const response of hanging) response.destroy();
  await running;
}, 20_000);

it("an ended session is marked even if no code of Foyer runs", async () => {
  const client = await relyingParty("/direct");
  const bob = new Browser(app);
  await getTokens(client, bob);
  await pool().query(`UPDATE "Session" SET "revokedAt" = now() WHERE "appId" = $1 AND "id" = $2`, [
    app.id,
    (await bob.session()).id,
  ]);
  expect((await notice(client))?.endedAt).toBeInstanceOf(Date);
});
