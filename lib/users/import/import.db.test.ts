import bcrypt from "bcrypt";
import { beforeEach, describe, expect, it } from "vitest";
import { emailAddress, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { type App, getApp } from "../../apps/apps";
import { db, transaction } from "../../database/client";
import { env } from "../../env";
import { newId } from "../../ids";
import { signIn } from "../../signin/password";
import { listUsers, UserQuery } from "../search";
import { importUsers } from "./import";
import type { RowResult } from "./result";

const BY = { type: "developer", id: "usr_alice" } as const;

let made: TestApp;
let app: App;
beforeEach(async () => {
  made = await someApp();
  app = await getApp(made.id);
});

const rowsOf = (values: Record<string, unknown>[]) => values.map((value, index) => ({ row: index + 2, value }));

async function run(values: Record<string, unknown>[], dryRun = false): Promise<RowResult[]> {
  return (await importUsers(app, rowsOf(values), { dryRun }, BY)).results;
}

const statuses = (results: RowResult[]) => results.map(({ status }) => status);
const usersOf = (appId: string) => db().user.findMany({ where: { appId }, orderBy: { id: "asc" } });
const eventsOf = (appId: string) => db().auditEvent.count({ where: { appId, type: "user.imported" } });

const someRows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ email: `person${n}@example.com`, external_id: String(n) }));

const OLD_PASSWORD = "the old password";

async function someImported(version: string) {
  const email = someEmail();
  const password_hash = (await bcrypt.hash(OLD_PASSWORD, 4)).replace("$2b$", version);
  await run([{ email, password_hash, email_verified: true }]);
  const sign = (password: string) => signIn(app, { email: emailAddress(email), password }, { type: "key" });
  return { email, sign };
}

describe("an import", () => {
  it("creates users with all their fields, and an event for each", async () => {
    const [result] = await run([
      {
        email: "Bob@Example.com",
        email_verified: true,
        name: "Bob",
        external_id: 42,
        metadata: { plan: "pro" },
        disabled: true,
        created_at: "2020-02-03T04:05:06Z",
      },
    ]);
    expect(result).toMatchObject({ row: 2, status: "created", email: "bob@example.com", external_id: "42" });
    const createdAt = new Date("2020-02-03T04:05:06Z");
    expect(await usersOf(app.id)).toMatchObject([
      {
        id: result?.user_id,
        email: "bob@example.com",
        emailVerifiedAt: createdAt,
        passwordHash: null,
        name: "Bob",
        externalId: "42",
        metadata: { plan: "pro" },
        disabledAt: expect.any(Date),
        createdAt,
      },
    ]);
    const event = await db().auditEvent.findFirstOrThrow({ where: { appId: app.id, type: "user.imported" } });
    expect(event).toMatchObject({ userId: result?.user_id, actorType: "developer", actorId: "usr_alice" });
  });

  it("sorts users by their original creation time", async () => {
    const fresh = await someSession(app.id);
    await run([
      { email: "new@example.com", created_at: "2024-01-01" },
      { email: "old@example.com", created_at: "2019-01-01" },
    ]);
    const { data } = await listUsers(app.id, UserQuery.parse({}));
    expect(data.map(({ email }) => email)).toEqual([fresh.email, "new@example.com", "old@example.com"]);
  });

  it.each(["$2a$", "$2b$", "$2y$"])("keeps the users' passwords (%s)", async (version) => {
    const { email, sign } = await someImported(version);
    await expect(sign("another password")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect((await sign(OLD_PASSWORD)).user).toMatchObject({ email, email_verified: true });
  });

  it("upgrades a weaker hash at the next sign-in", async () => {
    const { sign } = await someImported("$2y$");
    const hash = async () => (await usersOf(app.id))[0]?.passwordHash;
    expect(await hash()).toMatch(/^\$2b\$04\$/);
    const settings = env() as { BCRYPT_COST: number };
    settings.BCRYPT_COST = 5;
    try {
      await sign(OLD_PASSWORD);
      expect(await hash()).toMatch(/^\$2b\$05\$/);
      await sign(OLD_PASSWORD);
    } finally {
      settings.BCRYPT_COST = 4;
    }
  });

  it("changes nothing about users who already exist, by email address or external ID", async () => {
    const here = await someSession(app.id);
    await run([{ email: "bob@example.com", external_id: "7", name: "Bob" }]);
    const before = await usersOf(app.id);
    const results = await run([
      { email: here.email.toUpperCase(), name: "Another name" },
      { email: "moved@example.com", external_id: "7" },
      { email: "bob@example.com", external_id: "8" },
      { email: "new@example.com" },
    ]);
    expect(statuses(results)).toEqual(["exists", "exists", "exists", "created"]);
    expect(results[0]?.user_id).toBe(here.userId);
    expect((await usersOf(app.id)).filter(({ email }) => email !== "new@example.com")).toEqual(before);
  });

  it("changes nothing when it is repeated", async () => {
    const rows = someRows(250);
    const first = await run(rows);
    expect(new Set(statuses(first))).toEqual(new Set(["created"]));
    const second = await run(rows);
    expect(new Set(statuses(second))).toEqual(new Set(["exists"]));
    expect(second.map(({ user_id }) => user_id)).toEqual(first.map(({ user_id }) => user_id));
    expect(await eventsOf(app.id)).toBe(250);
  });

  it("creates each user once when it runs twenty times at once", async () => {
    const rows = someRows(100);
    const all = await Promise.all(Array.from({ length: 20 }, () => run(rows)));
    const users = await usersOf(app.id);
    expect(users.length).toBe(100);
    expect(all.flatMap(statuses).filter((status) => status === "created").length).toBe(100);
    expect(new Set(all.flatMap(statuses))).toEqual(new Set(["created", "exists"]));
    expect(await eventsOf(app.id)).toBe(100);
  });

  it("waits for a sign-up of the same user, and creates no second user", async () => {
    const [created, running] = await transaction(async (tx) => {
      const data = { appId: app.id, id: newId("usr"), email: "bob@example.com", emailCanonical: "bob@example.com" };
      const user = await tx.user.create({ data, select: { id: true } });
      // No other transaction sees this user yet.
      const started = run([{ email: "bob@example.com" }, { email: "carol@example.com" }]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [user, { started }] as const;
    });
    const results = await running.started;
    expect(statuses(results)).toEqual(["exists", "created"]);
    expect(results[0]?.user_id).toBe(created.id);
    expect((await usersOf(app.id)).length).toBe(2);
  });

  it("imports the first of several rows for the same user, and reports the others", async () => {
    const results = await run([
      { email: "bob@example.com", external_id: "1" },
      { email: "BOB@example.com" },
      { email: "carol@example.com", external_id: "1" },
      { email: "carol@example.com", external_id: "2" },
    ]);
    expect(statuses(results)).toEqual(["created", "duplicate", "duplicate", "duplicate"]);
    expect(results.map(({ fields }) => fields)).toEqual([
      undefined,
      { email: "is the same as in row 2; remove one of the two" },
      { external_id: "is the same as in row 2; remove one of the two" },
      { email: "is the same as in row 4; remove one of the two" },
    ]);
  });

  it("rejects a row that matches two users", async () => {
    await run(someRows(2));
    const [result] = await run([{ email: "person0@example.com", external_id: "1" }]);
    expect(result).toMatchObject({ status: "invalid", fields: { external_id: expect.stringContaining("usr_") } });
  });

  it("doesn't confuse a missing external ID with the text undefined or null", async () => {
    await run([
      { email: "one@example.com", external_id: "undefined" },
      { email: "two@example.com", external_id: "null" },
    ]);
    expect(statuses(await run([{ email: "three@example.com" }]))).toEqual(["created"]);
  });

  it("reports the problems of each row, and imports the other rows", async () => {
    const { results, ignored } = await importUsers(
      app,
      rowsOf([
        { email: "bob", shoe: 42 },
        { email: "bob@example.com" },
        { email: "eve@example.com", password_hash: "x" },
      ]),
      { dryRun: false },
      BY,
    );
    expect(statuses(results)).toEqual(["invalid", "created", "invalid"]);
    expect(results[0]).toMatchObject({ row: 2, email: "bob", fields: { email: expect.any(String) } });
    expect(results[2]?.fields).toEqual({ password_hash: expect.stringContaining("must be a bcrypt hash") });
    expect(ignored).toEqual(["shoe"]);
  });
});

describe("a dry run", () => {
  it("reports the same as the real run, and changes nothing", async () => {
    await run([{ email: "here@example.com" }]);
    const rows = [
      { email: "here@example.com" },
      { email: "new@example.com" },
      { email: "new@example.com" },
      { email: "x" },
    ];
    const before = await usersOf(app.id);
    const dry = await run(rows, true);
    expect(statuses(dry)).toEqual(["exists", "created", "duplicate", "invalid"]);
    expect(await usersOf(app.id)).toEqual(before);
    expect(await eventsOf(app.id)).toBe(1);
    expect(statuses(await run(rows))).toEqual(statuses(dry));
  });
});

describe("an import to another app", () => {
  it("creates separate users with the same email addresses and IDs", async () => {
    const otherApp = await getApp((await someApp()).id);
    const rows = someRows(3);
    await run(rows);
    const { results } = await importUsers(otherApp, rowsOf(rows), { dryRun: false }, BY);
    expect(statuses(results)).toEqual(["created", "created", "created"]);
    expect((await usersOf(app.id)).length).toBe(3);
  });

  it("is rejected for the dashboard's own app", async () => {
    const zero = await getApp("app_foyer");
    const work = importUsers(zero, rowsOf([{ email: someEmail() }]), { dryRun: false }, BY);
    await expect(work).rejects.toMatchObject({ status: 403, code: "reserved_app" });
  });
});

describe("an import of more than a batch", () => {
  it("is rejected", async () => {
    await expect(run(someRows(251))).rejects.toMatchObject({ status: 413 });
  });
});
