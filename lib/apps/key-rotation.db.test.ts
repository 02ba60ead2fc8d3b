import { describe, expect, it } from "vitest";
import { GET as me } from "@/app/api/me/route";
import { call } from "@/test/support/call";
import { createOwnDatabase } from "@/test/support/database";
import { someApp, someSession } from "@/test/support/factories";
import { installRealKeyGenerator } from "@/test/support/key-pairs";
import { db } from "../database/client";
import { listSigningKeys, OVERLAP_MS, retireSigningKeys, rotateSigningKey } from "./key-rotation";
import { AppSettings } from "./settings";
import { getSigningKey, listPublicKeys } from "./signing-keys";

await createOwnDatabase();
installRealKeyGenerator();

const by = { type: "operator" } as const;

function statuses(keys: { alg: string; status: string }[], alg: string) {
  return keys
    .filter((key) => key.alg === alg)
    .map((key) => key.status)
    .sort();
}

describe("next → active → retiring → retired", () => {
  it("signs with the next key at once, while tokens of the old key still verify", async () => {
    const app = await someApp();
    const before = await getSigningKey(app.id, "ES256");
    const { token } = await someSession(app.id);
    const first = await rotateSigningKey(app.id, "ES256", by);
    const after = await getSigningKey(app.id, "ES256");
    expect(after.kid).toBe(first.active);
    expect(first.retiring).toBe(before.kid);
    expect((await call(me, { bearer: token })).status).toBe(200);
    expect((await call(me, { bearer: (await someSession(app.id)).token })).status).toBe(200);
    const published = (await listPublicKeys(app.id)).map((key) => key.kid);
    expect(published).toEqual(expect.arrayContaining([before.kid, first.active, first.next]));

    // The next key was published before and is the one that signs now.
    expect((await rotateSigningKey(app.id, "ES256", by)).active).toBe(first.next);
  });

  it("does not change keys of the other algorithm", async () => {
    const app = await someApp();
    const rsa = await getSigningKey(app.id, "RS256");
    await rotateSigningKey(app.id, "ES256", by);
    expect((await getSigningKey(app.id, "RS256")).kid).toBe(rsa.kid);
  });

  it("keeps one active key per algorithm during ten parallel rotations", async () => {
    const app = await someApp();
    await Promise.all(Array.from({ length: 10 }, () => rotateSigningKey(app.id, "ES256", by)));
    const counts = statuses(await listSigningKeys(app.id), "ES256");
    expect(counts.filter((status) => status === "active")).toHaveLength(1);
    expect(counts.filter((status) => status === "next")).toHaveLength(1);
    expect(counts.filter((status) => status === "retiring")).toHaveLength(10);
  });

  it("retires a key only after its longest token has expired, and deletes its private key", async () => {
    const app = await someApp();
    const { retiring } = await rotateSigningKey(app.id, "ES256", by);
    const where = { appId_id: { appId: app.id, id: retiring as string } };
    const longest = AppSettings.shape.direct_token_ttl_seconds;
    expect(longest.safeParse(OVERLAP_MS / 1000).success).toBe(false);
    await db().signingKey.update({ where, data: { retiringAt: new Date(Date.now() - OVERLAP_MS + 60_000) } });
    await retireSigningKeys();
    expect(await db().signingKey.findUnique({ where })).toMatchObject({ status: "retiring" });
    await db().signingKey.update({ where, data: { retiringAt: new Date(Date.now() - OVERLAP_MS - 1000) } });
    await retireSigningKeys();
    const retired = await db().signingKey.findUnique({ where });
    expect(retired).toMatchObject({ status: "retired", privateSealed: null, publicJwk: { kid: retiring } });
  });

  it("returns 404 for an unknown app", async () => {
    await expect(rotateSigningKey("app_doesnotexist", "ES256", by)).rejects.toMatchObject({ status: 404 });
  });
});
