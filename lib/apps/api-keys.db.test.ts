import { beforeAll, describe, expect, it } from "vitest";
import { anotherKey } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { freezeClock } from "../clock";
import { newSecretToken } from "../crypto/secret-token";
import { invalidate } from "../database/cache";
import { db } from "../database/client";
import { findApiKey } from "./api-keys";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

describe("findApiKey", () => {
  it("finds each key of an app", async () => {
    expect(await findApiKey(app.apiKey)).toMatchObject({ appId: app.id, keyId: expect.stringMatching(/^key_/) });
    const other = await findApiKey(await anotherKey(app));
    expect(other?.appId).toBe(app.id);
    expect(other?.keyId).not.toBe((await findApiKey(app.apiKey))?.keyId);
  });

  it("returns null for an unknown key, and does not cache that", async () => {
    const made = newSecretToken("foyer_sk", app.id);
    expect(await findApiKey(made)).toBeNull();
    const { sha256 } = await import("../crypto/hash");
    await db().apiKey.create({
      data: { appId: app.id, id: "key_late", name: "late", prefix: "p", hash: sha256(made) },
    });
    expect(await findApiKey(made)).toEqual({ appId: app.id, keyId: "key_late" });
  });

  it.each(["", "foyer_sk_", "nonsense", "\0", "x".repeat(10_000)])("returns null for %j", async (text) =>
    expect(await findApiKey(text)).toBeNull(),
  );

  it("returns null for a revoked key", async () =>
    expect(await findApiKey(await anotherKey(app, { revokedAt: new Date() }))).toBeNull());

  it("returns null for a key from its expiry on, also from the cache", async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const key = await anotherKey(app, { expiresAt });
    expect(await findApiKey(key)).not.toBeNull();
    freezeClock(new Date(expiresAt.getTime() - 1));
    expect(await findApiKey(key)).not.toBeNull();
    freezeClock(expiresAt);
    expect(await findApiKey(key)).toBeNull();
  });

  it("returns null for keys of a disabled app", async () => {
    const other = await someApp();
    expect(await findApiKey(other.apiKey)).not.toBeNull();
    await db().app.update({ where: { id: other.id }, data: { disabledAt: new Date() } });
    invalidate(other.id);
    expect(await findApiKey(other.apiKey)).toBeNull();
  });
});

it("an API key is stored as a hash, with a prefix that may be shown again", async () => {
  const [row] = await db().apiKey.findMany({ where: { appId: app.id }, orderBy: { createdAt: "asc" } });
  expect(row?.hash).toHaveLength(32);
  expect(app.apiKey.startsWith(row?.prefix ?? "x")).toBe(true);
  expect(app.apiKey.length - (row?.prefix.length ?? 0)).toBeGreaterThan(40);
});
