import { describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp } from "@/test/support/factories";
import { db } from "../database/client";
import { rotateSigningKey } from "./key-rotation";
import { publishNextKeys } from "./next-keys";
import { listPublicKeys } from "./signing-keys";

await createOwnDatabase();

const by = { type: "operator" } as const;

/** Until every App of this database has them. */
async function publishAll(): Promise<void> {
  while ((await publishNextKeys()) > 0);
}

const next = (appId: string) => db().signingKey.findMany({ where: { appId, status: "next" }, orderBy: { alg: "asc" } });

describe("publishNextKeys", () => {
  it("publishes one per algorithm, behind the one that signs, and the first rotation lets it sign", async () => {
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

  it("makes one when several processes are at it, and none where there is one", async () => {
    const app = await someApp();
    await Promise.all([1, 2, 3].map(() => publishNextKeys()));
    await publishAll();
    expect(await next(app.id)).toHaveLength(2);
    expect(await publishNextKeys()).toBe(0);
  });

  it("leaves Apps alone that are gone", async () => {
    const app = await someApp();
    await db().app.update({ where: { id: app.id }, data: { disabledAt: new Date() } });
    await publishAll();
    expect(await next(app.id)).toEqual([]);
  });
});
