import { describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp } from "@/test/support/factories";
import { db } from "../database/client";
import { rotateSigningKey } from "./key-rotation";
import { publishNextKeys } from "./next-keys";
import { listPublicKeys } from "./signing-keys";

await createOwnDatabase();

const by = { type: "operator" } as const;

/** Runs until every app in this database has its next keys. */
async function publishAll(): Promise<void> {
  while ((await publishNextKeys()) > 0);
}

const next = (appId: string) => db().signingKey.findMany({ where: { appId, status: "next" }, orderBy: { alg: "asc" } });

describe("publishNextKeys", () => {
  it("publishes one key per algorithm, which the first rotation activates", async () => {
    const app = await someApp();
    const before = await listPublicKeys(app.id);
    await publishAll();
    const keys = await next(app.id);
    expect(keys.map((key) => key.alg)).toEqual(["ES256", "RS256"]);
    const published = (await listPublicKeys(app.id)).map(({ kid }) => kid);
    expect(published).toEqual([before[0]?.kid, keys[0]?.id, before[1]?.kid, keys[1]?.id]);
    for (const key of keys)
      expect((await rotateSigningKey(app.id, key.alg as "ES256" | "RS256", by)).active).toBe(key.id);
  });

  it("creates one key for several processes, and none if there is one", async () => {
    const app = await someApp();
    await Promise.all([1, 2, 3].map(() => publishNextKeys()));
    await publishAll();
    expect(await next(app.id)).toHaveLength(2);
    expect(await publishNextKeys()).toBe(0);
  });

  it("skips deleted apps", async () => {
    const app = await someApp();
    await db().app.update({ where: { id: app.id }, data: { disabledAt: new Date() } });
    await publishAll();
    expect(await next(app.id)).toEqual([]);
  });
});
