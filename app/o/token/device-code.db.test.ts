/** A device's poll at the token endpoint (RFC 8628 §3.4, §3.5). */
import { decodeJwt } from "jose";
import pg from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { db, transaction } from "@/lib/database/client";
import { revokeOtherSessions, revokeSessionsOfUser } from "@/lib/sessions/revoke";
import { claimAccount } from "@/lib/signin/claim-account";
import {
  allowDevice,
  changeDevice,
  DEVICE_GRANT,
  poll,
  rowOfCode,
  type StartedDevice,
  someDeviceClient,
  startDevice,
  waitInterval,
} from "@/test/support/device";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  changeClient,
  expectOAuthError,
  grantOf,
  OPERATOR,
  post,
  refreshTokens,
  send,
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

function interval({ user_code }: StartedDevice) {
  return db().deviceCode.findUniqueOrThrow({ where: rowOfCode(app, user_code), select: { intervalSeconds: true } });
}

function changedPassword(userId: string) {
  return transaction((tx) =>
    revokeOtherSessions(tx, app.id, { userId, keptSessionId: "ses_other", reason: "password_changed" }),
  );
}

function claimed(userId: string) {
  return transaction((tx) => claimAccount(tx, app.id, userId, OPERATOR));
}

async function me(token: string): Promise<number> {
  return (await send("/api/me", { bearer: token })).status;
}

describe("before the user's answer, a poll", () => {
  it("gets authorization_pending, and records no event", async () => {
    const client = await someDeviceClient(app);
    const started = await startDevice(client);
    expectOAuthError(await poll(client, started), 400, "authorization_pending");
    expect(await db().auditEvent.count({ where: { appId: app.id, clientId: client.id, type: "oauth.rejected" } })).toBe(
      0,
    );
  });

  it("gets slow_down before the interval is over, which is 5 seconds longer from then on", async () => {
    const started = await startDevice(cli);
    expectOAuthError(await poll(cli, started), 400, "authorization_pending");
    expectOAuthError(await poll(cli, started), 400, "slow_down");
    expect(await interval(started)).toEqual({ intervalSeconds: 10 });
    const ago = (seconds: number) =>
      changeDevice(app, started, { lastPolledAt: new Date(Date.now() - seconds * 1000) });
    await ago(6);
    expectOAuthError(await poll(cli, started), 400, "slow_down");
    expect(await interval(started)).toEqual({ intervalSeconds: 15 });
    await ago(15);
    expectOAuthError(await poll(cli, started), 400, "authorization_pending");
    expect(await interval(started)).toEqual({ intervalSeconds: 15 });
  });

  it("is one query", async () => {
    const started = await startDevice(cli);
    await poll(cli, started);
    await waitInterval(app, started);
    const query = vi.spyOn(pg.Client.prototype, "query");
    await poll(cli, started);
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
  });

  it("of another client or app gets invalid_grant and slows the device down in no way", async () => {
    const started = await startDevice(cli);
    const neighbor = await someDeviceClient(app);
    const foreign = await someDeviceClient(await someApp());
    expectOAuthError(await poll(neighbor, started), 400, "invalid_grant");
    expectOAuthError(await poll(foreign, started), 400, "invalid_grant");
    const row = await db().deviceCode.findUniqueOrThrow({ where: rowOfCode(app, started.user_code) });
    expect(row).toMatchObject({ lastPolledAt: null, intervalSeconds: 5 });
    await allowDevice(new Browser(app), started);
    expectOAuthError(await poll(neighbor, started), 400, "invalid_grant");
    expect((await poll(cli, started)).status).toBe(200);
  });

  it.each<[string, string | string[] | undefined, string]>([
    ["missing", undefined, "invalid_request"],
    ["empty", "", "invalid_request"],
    ["doubled", ["a", "b"], "invalid_request"],
    ["with NUL", "fd_\0", "invalid_request"],
    ["unknown", `fd_x_${"a".repeat(43)}`, "invalid_grant"],
    ["malformed", "abc", "invalid_grant"],
  ])("with a device code that is %s is rejected", async (_title, device_code, code) => {
    expectOAuthError(await post(cli, "token", { grant_type: DEVICE_GRANT, device_code }), 400, code);
  });

  it("gets expired_token after ten minutes", async () => {
    const started = await startDevice(cli);
    await changeDevice(app, started, { expiresAt: new Date(Date.now() - 1) });
    expectOAuthError(await poll(cli, started), 400, "expired_token");
  });
});

describe("after the user allowed it, a poll", () => {
  it("gets tokens at once, of the user and for the scopes, and creates a grant with an event", async () => {
    const bob = new Browser(app);
    const started = await startDevice(cli, { scope: "openid email offline_access" });
    expectOAuthError(await poll(cli, started), 400, "authorization_pending");
    await allowDevice(bob, started);
    const { status, body, headers } = await poll(cli, started);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 600,
      scope: "openid email offline_access",
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
    expect(headers.get("cache-control")).toBe("no-store");
    const session = await bob.session();
    expect(decodeJwt(body.id_token)).toMatchObject({ aud: cli.id, sub: session.userId, sid: session.id, amr: ["pwd"] });
    const grant = await grantOf(cli, body.access_token);
    expect(grant).toMatchObject({ userId: session.userId, sessionId: session.id, offline: true, userAgent: "test" });
    const event = await db().auditEvent.findFirst({ where: { appId: app.id, targetId: grant.id } });
    expect(event).toMatchObject({ type: "grant.created", userId: session.userId, clientId: cli.id });
    expect(await me(body.access_token)).toBe(200);
    const refreshed = await refreshTokens(cli, body.refresh_token);
    expect(refreshed.status).toBe(200);
  });

  it("gets no refresh token for openid without offline_access, nor without the refresh_token grant", async () => {
    const bob = new Browser(app);
    const online = await startDevice(cli, { scope: "openid" });
    await allowDevice(bob, online);
    expect((await poll(cli, online)).body).not.toHaveProperty("refresh_token");
    const bare = await someDeviceClient(app, { grant_types: [DEVICE_GRANT] });
    const started = await startDevice(bare);
    await allowDevice(bob, started);
    expect((await poll(bare, started)).body).not.toHaveProperty("refresh_token");
  });

  it("works once: a replay gets invalid_grant and the tokens stay valid", async () => {
    const started = await startDevice(cli);
    await allowDevice(new Browser(app), started);
    const { body } = await poll(cli, started);
    expectOAuthError(await poll(cli, started), 400, "invalid_grant");
    expect(await me(body.access_token)).toBe(200);
  });

  it("works for exactly one of twenty at once", async () => {
    const started = await startDevice(cli);
    await allowDevice(new Browser(app), started);
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(cli, started)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const answer of answers) if (answer !== won[0]) expectOAuthError(answer, 400, "invalid_grant");
    const grant = await grantOf(cli, won[0]?.body.access_token);
    expect(await db().grant.count({ where: { appId: app.id, userId: grant.userId } })).toBe(1);
  });

  it("works after a sign-out if offline access was allowed, and otherwise not", async () => {
    for (const [scope, status] of [
      ["openid offline_access", 200],
      ["openid", 400],
    ] as const) {
      const bob = new Browser(app);
      const started = await startDevice(cli, { scope });
      await allowDevice(bob, started);
      await bob.submit("account/signout", {});
      expect((await poll(cli, started)).status).toBe(status);
    }
  });

  it("gets invalid_grant after a revocation of all sessions, for a disabled user, and after the connection was removed", async () => {
    const path = (userId: string) => `/api/v1/apps/${app.id}/users/${userId}`;
    const actions: ((bob: Browser, userId: string) => Promise<{ status: number }>)[] = [
      (_bob, userId) => send(`${path(userId)}/sessions`, { method: "DELETE", bearer: app.apiKey }),
      (bob) => bob.submit("account/disconnect", { client: cli.id }),
      async (_bob, userId) => {
        await db().user.update({
          where: { appId_id: { appId: app.id, id: userId } },
          data: { disabledAt: new Date() },
        });
        return { status: 204 };
      },
    ];
    for (const act of actions) {
      const bob = new Browser(app);
      const started = await startDevice(cli);
      await allowDevice(bob, started);
      expect((await act(bob, await bob.userId())).status).toBeLessThan(400);
      expectOAuthError(await poll(cli, started), 400, "invalid_grant");
    }
  });

  it.each<[string, (userId: string) => Promise<unknown>]>([
    ["all sessions were ended", (userId) => revokeSessionsOfUser(app.id, userId, "ended_by_owner", OPERATOR)],
    ["the password was changed", (userId) => changedPassword(userId)],
    ["the owner of the email address claimed the account", (userId) => claimed(userId)],
  ])("gets invalid_grant if %s, also when the user signed out before with offline access", async (_, act) => {
    const own = await someDeviceClient(app, { first_party: true });
    const bob = new Browser(app);
    const started = await startDevice(own);
    await allowDevice(bob, started);
    const userId = await bob.userId();
    await bob.submit("account/signout", {});
    await act(userId);
    expectOAuthError(await poll(own, started), 400, "invalid_grant");
  });

  it("keeps the device's answer when the browser's session is replaced by a new sign-in", async () => {
    const bob = new Browser(app);
    const started = await startDevice(cli, { scope: "openid" });
    await allowDevice(bob, started);
    const before = await bob.session();
    const answer = await bob.open(`/o/${app.id}/account/start`);
    await bob.signIn(new URL(answer.headers.get("location") ?? "", app.issuer).searchParams.get("interaction") ?? "");
    const after = await bob.session();
    expect(after.id).not.toBe(before.id);
    const { status, body } = await poll(cli, started);
    expect(status).toBe(200);
    expect(decodeJwt(body.id_token).sid).toBe(after.id);
  });

  it("requires the grant type of the client", async () => {
    const client = await someDeviceClient(app);
    const started = await startDevice(client);
    await allowDevice(new Browser(app), started);
    await changeClient(client, { grant_types: ["authorization_code"], redirect_uris: ["https://a.example/cb"] });
    expectOAuthError(await poll(client, started), 400, "unauthorized_client");
  });
});
