/** Signing keys, members, a client's secrets and one event, by the management API. */
import { beforeEach, describe, expect, it } from "vitest";
import { addMember } from "@/lib/apps/members";
import { expectError } from "@/test/support/credentials";
import { someApp, someDeveloper, someSession, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";
import { Browser, getTokens, OPERATOR, post, send, someClient } from "@/test/support/oauth";

let app: TestApp;
beforeEach(async () => {
  app = await someApp();
});

describe("signing keys", () => {
  const rotate = (body: unknown, headers = {}) => manage(app, "POST", "/signing-keys/rotate", { body, headers });

  it("are listed by page without private keys, and old tokens still verify after a rotation", async () => {
    const before = (await manage(app, "GET", "/signing-keys")).body.data;
    expect(before.map((key: { alg: string; status: string }) => [key.alg, key.status])).toEqual([
      ["ES256", "active"],
      ["RS256", "active"],
    ]);
    const { token } = await someSession(app.id);
    const { status, body } = await rotate({ alg: "ES256" });
    expect(status).toBe(200);
    expect(body.rotated).toEqual([
      { alg: "ES256", active: expect.any(String), next: expect.any(String), retiring: before[0].kid },
    ]);
    expect((await send("/api/me", { bearer: token })).status).toBe(200);
    const first = await manage(app, "GET", "/signing-keys?limit=3");
    const second = await manage(app, "GET", `/signing-keys?limit=3&cursor=${first.body.next_cursor}`);
    expect(first.body.data).toHaveLength(3);
    expect(second.body).toMatchObject({ data: [{ alg: "RS256" }], next_cursor: null });
    expect(JSON.stringify([first.body, second.body])).not.toMatch(/private|"d":/i);
  });

  it("are both rotated without an algorithm, and once per Idempotency-Key", async () => {
    const answers = [await rotate({}, { "idempotency-key": "k" }), await rotate({}, { "idempotency-key": "k" })];
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(answers[0]?.body.rotated.map((key: { alg: string }) => key.alg)).toEqual(["ES256", "RS256"]);
    const { data } = (await manage(app, "GET", "/signing-keys")).body;
    expect(data.filter((key: { status: string }) => key.status === "retiring")).toHaveLength(2);
    expectError(await rotate({ alg: "none" }), 400, "invalid_request");
  });

  it("objects of another app get a 404", async () => {
    const otherApp = await someApp();
    expectError(await manageAs(otherApp, app, "POST", "/signing-keys/rotate", { body: {} }), 404, "not_found");
    expect((await manage(app, "GET", "/signing-keys")).body.data).toHaveLength(2);
  });
});

it("members are listed by page, the owner first", async () => {
  const admin = await someDeveloper();
  await addMember(app.id, admin.id, "admin", OPERATOR);
  const first = await manage(app, "GET", "/members?limit=1");
  expect(first.body.data).toMatchObject([{ developer_id: app.ownerId, role: "owner" }]);
  const second = await manage(app, "GET", `/members?limit=1&cursor=${first.body.next_cursor}`);
  expect(second.body).toEqual({
    data: [{ developer_id: admin.id, email: admin.email, name: null, role: "admin", created_at: expect.any(String) }],
    next_cursor: null,
  });
});

describe("a client's secret", () => {
  it("is created anew; the previous one stays valid until the next rotation", async () => {
    const client = await someClient(app);
    const { access_token } = await getTokens(client, new Browser(app));
    const works = async (secret: string) =>
      (await post({ ...client, secret }, "introspect", { token: access_token })).status === 200;
    const path = `/clients/${client.id}/secrets`;
    const { status, body } = await manage(app, "POST", path);
    expect({ status, body }).toEqual({
      status: 201,
      body: { client_id: client.id, client_secret: expect.stringMatching(/^foyer_cs_/) },
    });
    expect([await works(client.secret as string), await works(body.client_secret)]).toEqual([true, true]);
    await manage(app, "POST", path);
    expect([await works(client.secret as string), await works(body.client_secret)]).toEqual([false, true]);
  });

  it("can be listed, and revoked at once, except the last one", async () => {
    const client = await someClient(app);
    const path = `/clients/${client.id}/secrets`;
    const newest = (await manage(app, "POST", path)).body.client_secret;
    const first = await manage(app, "GET", `${path}?limit=1`);
    const second = await manage(app, "GET", `${path}?limit=1&cursor=${first.body.next_cursor}`);
    expect(newest).toContain(first.body.data[0].prefix);
    expect(JSON.stringify([first.body, second.body])).not.toMatch(/hash|client_secret/);

    const [{ secret_id }] = second.body.data;
    const otherApp = await someApp();
    expectError(await manageAs(otherApp, app, "DELETE", `${path}/${secret_id}`), 404, "not_found");
    expectError(
      await manage(app, "DELETE", `/clients/${(await someClient(app)).id}/secrets/${secret_id}`),
      404,
      "not_found",
    );
    expectError(await manage(app, "DELETE", `${path}/%00`), 404, "not_found");
    expect((await post(client, "introspect", { token: "x" })).status).toBe(200);

    expect(await manage(app, "DELETE", `${path}/${secret_id}`)).toMatchObject({ status: 204, body: "" });
    expect((await post(client, "introspect", { token: "x" })).status).toBe(401);
    expectError(await manage(app, "DELETE", `${path}/${secret_id}`), 404, "not_found");
    expectError(await manage(app, "DELETE", `${path}/${first.body.data[0].secret_id}`), 409, "last_secret");
    expect((await post({ ...client, secret: newest }, "introspect", { token: "x" })).status).toBe(200);
  });

  it("is rejected with 409 for a public client, and with 404 for another app's client", async () => {
    const spa = await someClient(app, { public: true });
    expectError(await manage(app, "POST", `/clients/${spa.id}/secrets`), 409, "public_client");
    const foreign = await someClient(await someApp());
    expectError(await manage(app, "POST", `/clients/${foreign.id}/secrets`), 404, "not_found");
  });
});

it("an event can be read by its ID, but not another app's event", async () => {
  await someSession(app.id);
  const { data } = (await manage(app, "GET", "/events?type=user.signed_in")).body;
  expect((await manage(app, "GET", `/events/${data[0].id}`)).body).toEqual(data[0]);
  const otherApp = await someApp();
  for (const path of [`/events/${data[0].id}`, "/events/%00"])
    expectError(await manage(otherApp, "GET", path), 404, "not_found");
});
