import { describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { db } from "@/lib/database/client";
import { signIn } from "@/lib/signin/password";
import { refresh } from "@/lib/signin/refresh";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { emailAddress, SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import { GET, POST } from "./route";

function create(app: TestApp, body: unknown, headers: Record<string, string> = {}) {
  const path = `/api/v1/apps/${app.id}/users`;
  return call(POST, { params: { app_id: app.id }, bearer: app.apiKey, body, headers, path });
}

function list(app: TestApp, query = "") {
  return call(GET, { params: { app_id: app.id }, bearer: app.apiKey, path: `/api/v1/apps/${app.id}/users${query}` });
}

describe("POST", () => {
  it("creates a user with all given fields", async () => {
    const app = await someApp();
    const email = someEmail();
    const { status, body } = await create(app, {
      email: email.toUpperCase(),
      email_verified: true,
      password: SOME_PASSWORD,
      name: "Bob",
      birthdate: "1990-01-31",
      picture: "https://example.com/bob.png",
      metadata: { plan: { name: "pro", seats: [1, null, true] } },
      external_id: "old-7",
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^usr_[0-9a-z]{26}$/),
      email,
      email_verified: true,
      name: "Bob",
      birthdate: "1990-01-31",
      picture: "https://example.com/bob.png",
      external_id: "old-7",
      metadata: { plan: { name: "pro", seats: [1, null, true] } },
      public_metadata: {},
      disabled: false,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      last_sign_in_at: null,
    });
    const event = await db().auditEvent.findFirst({ where: { appId: app.id, type: "user.created" } });
    expect(event).toMatchObject({ userId: body.id, actorType: "key" });
  });

  it("stores a phone number in E.164, and an address without its empty parts", async () => {
    const app = await someApp();
    const sent = {
      email: someEmail(),
      phone_number: "+1 (202) 555-0123;ext=7",
      address: { locality: "Berlin", region: null },
    };
    const { body } = await create(app, sent);
    const stored = {
      phone_number: "+12025550123;ext=7",
      phone_number_verified: false,
      address: { locality: "Berlin" },
    };
    expect(body).toMatchObject(stored);
    expect((await manage(app, "GET", `/users/${body.id}`)).body).toMatchObject(stored);
  });

  it.each([
    [{ phone_number: "0171 1234567" }, "phone_number"],
    [{ phone_number: "+0123456789" }, "phone_number"],
    [{ phone_number: "+12025550123x" }, "phone_number"],
    [{ phone_number_verified: true }, "phone_number_verified"],
    [{ phone_number_verified: "yes" }, "phone_number_verified"],
    [{ address: "Berlin" }, "address"],
    [{ address: { city: "Berlin" } }, "address.city"],
    [{ birthdate: "2023-02-30" }, "birthdate"],
  ])("rejects %j", async (changes, field) => {
    const answer = await create(await someApp(), { email: someEmail(), ...changes });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
  });

  it("keeps a verified number until it changes, and null removes it", async () => {
    const app = await someApp();
    const { body: user } = await create(app, { email: someEmail(), phone_number: "+12025550123" });
    const patch = async (body: object) => (await manage(app, "PATCH", `/users/${user.id}`, { body })).body;
    expect(await patch({ phone_number_verified: true })).toMatchObject({ phone_number_verified: true });
    expect(await patch({ phone_number: "+1 202 555 0123" })).toMatchObject({ phone_number_verified: true });
    expect(await patch({ name: "Bob" })).toMatchObject({ phone_number_verified: true });
    expect(await patch({ phone_number: "+33123456789" })).toMatchObject({ phone_number_verified: false });
    expect(await patch({ phone_number: "+12025550123", phone_number_verified: true })).toMatchObject({
      phone_number_verified: true,
    });
    const removed = await patch({ phone_number: null, address: null });
    expect(removed).not.toHaveProperty("phone_number");
    expect(removed).not.toHaveProperty("phone_number_verified");
    expect(removed).not.toHaveProperty("address");
  });

  it("has updated_at change with the profile, and not with sign-ins, passwords, the status or equal values", async () => {
    const app = await someApp();
    const email = someEmail();
    const { body: user } = await create(app, { email, password: SOME_PASSWORD, name: "Bob", metadata: { a: 1, b: 2 } });
    const patch = async (body: object) =>
      (await manage(app, "PATCH", `/users/${user.id}`, { body })).body.updated_at as string;
    const credentials = { email: emailAddress(email), password: SOME_PASSWORD };
    const session = await signIn(await getApp(app.id), credentials, { type: "key" });
    await refresh(await getApp(app.id), session.refresh_token);
    const { body } = await manage(app, "GET", `/users/${user.id}`);
    expect(body.last_sign_in_at).not.toBeNull();
    expect(body.updated_at).toBe(user.updated_at);
    const same = [{ password: "another password!" }, { disabled: true }, { disabled: false }, { name: "Bob" }];
    for (const changes of [
      ...same,
      { email },
      { email_verified: false },
      { metadata: { b: 2, a: 1 } },
      { address: null },
    ])
      expect(await patch(changes), JSON.stringify(changes)).toBe(user.updated_at);
    let last = user.updated_at;
    const address = { locality: "Berlin" };
    for (const changes of [
      { name: "Robert" },
      { email: someEmail() },
      { email_verified: true },
      { address },
      { metadata: {} },
    ]) {
      const next = await patch(changes);
      expect(next > last, JSON.stringify(changes)).toBe(true);
      last = next;
    }
  });

  it("rejects a taken email or external ID with 409, and says which", async () => {
    const app = await someApp();
    const email = someEmail();
    await create(app, { email, external_id: "1" });
    expect(await create(app, { email: email.toUpperCase() })).toMatchObject({
      status: 409,
      body: { error: "email_taken" },
    });
    expect(await create(app, { email: someEmail(), external_id: "1" })).toMatchObject({
      status: 409,
      body: { error: "external_id_taken" },
    });
    expect((await create(await someApp(), { email, external_id: "1" })).status).toBe(201);
  });

  it.each<[string, unknown]>([
    ["email", "nonsense"],
    ["email_verified", "yes"],
    ["password", "short"],
    ["password", "password123"],
    ["name", 7],
    ["name", "a\0b"],
    ["name", "\ud800"],
    ["picture", "javascript:alert(1)"],
    ["birthdate", "31.1.1990"],
    ["metadata", []],
    ["metadata", { a: "\0" }],
    ["metadata", { a: { b: "\udfff" } }],
    ["metadata", { a: "x".repeat(17_000) }],
    ["metadata", JSON.parse(`${'{"a":'.repeat(12)}1${"}".repeat(12)}`)],
    ["external_id", ""],
    ["disabled", 1],
  ])("rejects the field %s with the value %j, and creates nothing", async (field, value) => {
    const app = await someApp();
    const { status, body } = await create(app, { email: someEmail(), [field]: value });
    expect({ status, fields: Object.keys(body.fields ?? {}) }).toEqual({ status: 400, fields: [field] });
    expect(await db().user.count({ where: { appId: app.id } })).toBe(0);
  });

  describe("Idempotency-Key", () => {
    it("returns the first response to a repeated request, and creates one user if 20 are sent at once", async () => {
      const app = await someApp();
      const body = { email: someEmail() };
      const calls = Array.from({ length: 20 }, () => create(app, body, { "idempotency-key": "k-1" }));
      const answers = await Promise.all(calls);
      const made = answers.filter((answer) => answer.status === 201);
      expect(made.length).toBeGreaterThan(0);
      for (const answer of answers) {
        if (answer.status !== 201)
          expect(answer).toMatchObject({ status: 409, body: { error: "idempotency_in_progress" } });
      }
      const again = await create(app, body, { "idempotency-key": "k-1" });
      expect(again.body).toEqual(made[0]?.body);
      expect(await db().user.count({ where: { appId: app.id } })).toBe(1);
    });

    it("rejects another body with the same key, and separates the keys of apps", async () => {
      const [app, otherApp] = [await someApp(), await someApp()];
      await create(app, { email: someEmail() }, { "idempotency-key": "k" });
      expect(await create(app, { email: someEmail() }, { "idempotency-key": "k" })).toMatchObject({
        status: 409,
        body: { error: "idempotency_key_reused" },
      });
      expect((await create(otherApp, { email: someEmail() }, { "idempotency-key": "k" })).status).toBe(201);
    });

    it("does not store errors: the corrected request may use the same key", async () => {
      const app = await someApp();
      expect((await create(app, { email: someEmail(), password: "short" }, { "idempotency-key": "k" })).status).toBe(
        400,
      );
      expect(
        (await create(app, { email: someEmail(), password: SOME_PASSWORD }, { "idempotency-key": "k" })).status,
      ).toBe(201);
    });

    it("rejects a malformed header", async () => {
      const answer = await create(await someApp(), { email: someEmail() }, { "idempotency-key": "x".repeat(256) });
      expect(answer).toMatchObject({ status: 400, body: { fields: { "Idempotency-Key": expect.any(String) } } });
    });
  });
});

describe("GET", () => {
  it("pages through all users, newest first, each once, and only the App's own", async () => {
    const [app, otherApp] = [await someApp(), await someApp()];
    await create(otherApp, { email: someEmail() });
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.unshift((await create(app, { email: someEmail() })).body.id);
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const { body } = await list(app, `?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map((user: { id: string }) => user.id));
      if (body.next_cursor === null) break;
      cursor = body.next_cursor;
    }
    expect([...seen].sort()).toEqual([...made].sort());
    expect(new Set(seen).size).toBe(7);
  });

  it("searches parts of email and name, and whole IDs and external IDs; wildcards are literal", async () => {
    const app = await someApp();
    const carol = (await create(app, { email: "carol_x@example.com", name: "Carol O'Neil 100%", external_id: "ext-9" }))
      .body.id;
    await create(app, { email: "carolyx@example.org", name: "Dave" });
    const found = async (q: string) =>
      (await list(app, `?q=${encodeURIComponent(q)}`)).body.data.map((user: { id: string }) => user.id);
    for (const q of ["carol_x", "AROL_X@EX", "o'neil", "100%", carol, "ext-9"]) expect(await found(q)).toEqual([carol]);
    expect(await found("%")).toEqual([]);
    expect((await found("ca")).length).toBe(2);
    expect(await found("no-match")).toEqual([]);
  });

  it.each([
    "limit=0",
    "limit=101",
    "limit=x",
    "limit=1&limit=2",
    "cursor=%00",
    "cursor=usr'--",
    "q=%00",
    `q=${"x".repeat(201)}`,
  ])("rejects %s", async (query) => {
    const answer = await list(await someApp(), `?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});
