/** Scope deletion: removal of the scope from every consent and grant, in batches. */
import { beforeEach, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  getTokens,
  grantOf,
  OPERATOR,
  refreshTokens,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { db } from "../../database/client";
import { createScope, deleteScope } from "./scopes";

const PHOTOS = { name: "photos:read", description: "See your photos", sensitive: false, optional: false };
const SCOPES = ["openid", "offline_access", "photos:read"];

let app: TestApp;
let client: TestClient;
beforeEach(async () => {
  app = await someApp();
  await createScope(app.id, PHOTOS, OPERATOR);
  client = await someClient(app, { scopes: SCOPES });
});

/** Inserts enough users for several batches, each with a consent and a grant that hold the scope. */
async function manyGrants(of: TestClient, count: number): Promise<void> {
  const [appId, clientId] = [of.app.id, of.id];
  const id = (prefix: string) => `'${prefix}_' || lpad(i::text, 26, '0')`;
  const from = `FROM generate_series(1, ${count}) AS i`;
  const scopes = `'{openid,offline_access,photos:read}'::text[]`;
  await db().$executeRawUnsafe(`INSERT INTO "User" ("appId", "id") SELECT $1, ${id("usr")} ${from}`, appId);
  await db().$executeRawUnsafe(
    `INSERT INTO "Consent" ("appId", "userId", "clientId", "scopes", "declinedScopes")
     SELECT $1, ${id("usr")}, $2, ${scopes}, '{}' ${from}`,
    appId,
    clientId,
  );
  await db().$executeRawUnsafe(
    `INSERT INTO "Grant" ("appId", "id", "clientId", "userId", "subject", "scopes", "resources", "authTime", "amr", "offline", "salt",
       "idleExpiresAt", "expiresAt")
     SELECT $1, ${id("grn")}, $2, ${id("usr")}, ${id("usr")}, ${scopes}, '{}', now(), '{pwd}', true, '\\x00', now() + interval '1 day',
       now() + interval '1 day' ${from}`,
    appId,
    clientId,
  );
}

async function holders({ id: appId }: TestApp) {
  const has = { has: PHOTOS.name };
  const [consents, grants] = await Promise.all([
    db().consent.count({ where: { appId, OR: [{ scopes: has }, { declinedScopes: has }] } }),
    db().grant.count({ where: { appId, scopes: has } }),
  ]);
  return { consents, grants };
}

describe("deleting a scope", () => {
  it("removes it from every consent and grant, and changes no other scope and no other app", async () => {
    const neighbor = await someApp();
    await createScope(neighbor.id, PHOTOS, OPERATOR);
    await manyGrants(await someClient(neighbor, { scopes: SCOPES }), 10);
    await manyGrants(client, 4500);
    expect(await holders(app)).toEqual({ consents: 4500, grants: 4500 });
    await deleteScope(app.id, PHOTOS.name, OPERATOR);
    // deleteScope waits at most 5 s; on a slow machine the rest follows later.
    await expect.poll(() => holders(app), { timeout: 15_000 }).toEqual({ consents: 0, grants: 0 });
    expect(await holders(neighbor)).toEqual({ consents: 10, grants: 10 });
    const where = { appId: app.id, scopes: { equals: ["openid", "offline_access"] } };
    expect([await db().consent.count({ where }), await db().grant.count({ where })]).toEqual([4500, 4500]);
  }, 60_000);

  it("rejects no refresh in the meantime, and later tokens do not have the scope", async () => {
    const held = await Promise.all(
      Array.from({ length: 5 }, () => getTokens(client, new Browser(app), { scope: SCOPES.join(" ") })),
    );
    expect(held[0]?.scope.split(" ")).toContain(PHOTOS.name);
    const refresh = () => Promise.all(held.map(({ refresh_token }) => refreshTokens(client, refresh_token)));
    const [during] = await Promise.all([refresh(), deleteScope(app.id, PHOTOS.name, OPERATOR), refresh(), refresh()]);
    expect(during.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const after = await refresh();
    expect(after.map(({ body }) => body.scope)).toEqual(Array(5).fill("openid offline_access"));
    expect(await holders(app)).toEqual({ consents: 0, grants: 0 });
  });

  it("deletes it once when 10 requests arrive at once", async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => deleteScope(app.id, PHOTOS.name, OPERATOR)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "scope.deleted" } })).toBe(1);
  });
});

describe("a new scope with the name of a deleted one", () => {
  it("is in no consent or grant, including those that were created during the deletion", async () => {
    const { access_token: token, refresh_token } = await getTokens(client, new Browser(app), {
      scope: SCOPES.join(" "),
    });
    await deleteScope(app.id, PHOTOS.name, OPERATOR);
    // A user pressed "Allow" during the deletion.
    const { id } = await grantOf(client, token);
    await db().consent.updateMany({ where: { appId: app.id }, data: { scopes: SCOPES } });
    await db().grant.update({ where: { appId_id: { appId: app.id, id } }, data: { scopes: SCOPES } });
    await createScope(app.id, PHOTOS, OPERATOR);
    await db().oAuthClient.updateMany({ where: { appId: app.id }, data: { scopes: SCOPES } });
    expect(await holders(app)).toEqual({ consents: 0, grants: 0 });
    const { body } = await refreshTokens(client, refresh_token);
    expect(body.scope).toBe("openid offline_access");
  });
});
