/** The sessions and connected apps of a user, by the management API. */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { expectError } from "@/test/support/credentials";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";
import { Browser, getTokens, refreshTokens, send, someClient } from "@/test/support/oauth";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
});

const me = (bearer: string) => send("/api/me", { bearer });

/** A user who is signed in `times` times: in the first session of which, by token. */
async function someUser(of: TestApp, times: number) {
  const session = await someSession(of.id);
  for (let more = 1; more < times; more++) {
    const body = { email: session.email, password: "correct horse battery" };
    await logIn(of, body);
  }
  return { ...session, path: `/users/${session.userId}` };
}

async function logIn(of: TestApp, body: object) {
  const { call } = await import("@/test/support/call");
  const { POST } = await import("@/app/api/auth/credentials/login/[app_id]/route");
  return call(POST, { params: { app_id: of.id }, bearer: of.apiKey, body });
}

describe("sessions", () => {
  it("are listed by page, active ones only", async () => {
    const user = await someUser(app, 3);
    const first = await manage(app, "GET", `${user.path}/sessions?limit=2`);
    expect(first.body.data).toHaveLength(2);
    expect(first.body.data[0]).toEqual({
      id: expect.stringMatching(/^ses_/),
      kind: "api",
      acr: "1",
      amr: ["pwd"],
      ip: "192.0.2.1",
      user_agent: "test",
      created_at: expect.any(String),
      last_seen_at: expect.any(String),
      expires_at: expect.any(String),
    });
    const second = await manage(app, "GET", `${user.path}/sessions?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ data: [{ kind: "api" }], next_cursor: null });
    await manage(app, "DELETE", `${user.path}/sessions/${second.body.data[0].id}`);
    expect((await manage(app, "GET", `${user.path}/sessions`)).body.data).toHaveLength(2);
  });

  it("can be revoked one by one: its tokens stop working at once; a second time is a 404", async () => {
    const user = await someUser(app, 1);
    const other = (await logIn(app, { email: user.email, password: "correct horse battery" })).body;
    const { data } = (await manage(app, "GET", `${user.path}/sessions`)).body;
    const oldest = data.at(-1).id;
    expect(await manage(app, "DELETE", `${user.path}/sessions/${oldest}`)).toMatchObject({ status: 204, body: "" });
    expect([(await me(user.token)).status, (await me(other.token)).status].sort()).toEqual([200, 401]);
    expectError(await manage(app, "DELETE", `${user.path}/sessions/${oldest}`), 404, "not_found");
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, sessionId: oldest, type: "session.ended" },
    });
    expect(event).toMatchObject({ reason: "ended_by_owner", actorType: "key" });
  });

  it("can all be revoked", async () => {
    const user = await someUser(app, 2);
    expect((await manage(app, "DELETE", `${user.path}/sessions`)).status).toBe(204);
    expect((await me(user.token)).status).toBe(401);
    expect((await manage(app, "GET", `${user.path}/sessions`)).body).toEqual({ data: [], next_cursor: null });
  });

  it("rejects another user's session, another app's user and a malformed ID with 404", async () => {
    const [user, other, foreign] = [await someUser(app, 1), await someUser(app, 1), await someUser(otherApp, 1)];
    const { data } = (await manage(app, "GET", `${other.path}/sessions`)).body;
    expectError(await manage(app, "DELETE", `${user.path}/sessions/${data[0].id}`), 404, "not_found");
    for (const path of [foreign.path, "/users/usr_0", "/users/%00"])
      for (const method of ["GET", "DELETE"])
        expectError(await manage(app, method, `${path}/sessions`), 404, "not_found");
    expectError(await manage(app, "DELETE", `${user.path}/sessions/%00`), 404, "not_found");
    expectError(await manageAs(app, otherApp, "DELETE", `${foreign.path}/sessions`), 404, "not_found");
    for (const { token } of [user, other, foreign]) expect((await me(token)).status).toBe(200);
  });
});

describe("connected apps", () => {
  it("are listed by page, and can be disconnected with all their tokens", async () => {
    const browser = new Browser(app);
    const clients = [
      await someClient(app, { client_name: "Older" }),
      await someClient(app, { client_name: "Younger" }),
    ];
    const tokens = [];
    for (const client of clients) tokens.push(await getTokens(client, browser));
    const path = `/users/${await browser.userId()}/connected-apps`;
    const first = await manage(app, "GET", `${path}?limit=1`);
    expect(first.body.data).toEqual([
      {
        client_id: clients[1]?.id,
        client_name: "Younger",
        client_uri: null,
        logo_uri: null,
        scopes: expect.arrayContaining(["openid", "email"]),
        connected_at: expect.any(String),
        last_used_at: expect.any(String),
      },
    ]);
    const second = await manage(app, "GET", `${path}?limit=1&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ data: [{ client_name: "Older" }], next_cursor: null });

    expect((await manage(app, "DELETE", `${path}/${clients[0]?.id}`)).status).toBe(204);
    expect(await Promise.all(tokens.map(async (each) => (await me(each.access_token)).status))).toEqual([401, 200]);
    expect((await refreshTokens(clients[0] as never, tokens[0]?.refresh_token as string)).status).toBe(400);
    expectError(await manage(app, "DELETE", `${path}/${clients[0]?.id}`), 404, "not_found");
  });

  it("rejects another app's user and client with 404, and revokes nothing", async () => {
    const [client, browser] = [await someClient(otherApp), new Browser(otherApp)];
    const { access_token } = await getTokens(client, browser);
    const path = `/users/${await browser.userId()}/connected-apps`;
    const user = await someUser(app, 1);
    for (const [method, at] of [
      ["GET", path],
      ["DELETE", `${path}/${client.id}`],
      ["DELETE", `${user.path}/connected-apps/${client.id}`],
      ["DELETE", `${user.path}/connected-apps/%00`],
    ] as const)
      expectError(await manage(app, method, at), 404, "not_found");
    expect((await me(access_token)).status).toBe(200);
  });
});
