import { describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someApp, someDeveloper } from "@/test/support/factories";
import { invalidate } from "../database/cache";
import { db } from "../database/client";
import { TENANT_ZERO } from "../ids";
import { createApp, ensureTenantZero, findApp, getApp } from "./apps";
import { AppSettings } from "./settings";

await createOwnDatabase();

describe("createApp", () => {
  it("creates the app with issuer, owner, two signing keys, an API key and an event", async () => {
    const owner = await someDeveloper();
    const made = await createApp({ ownerId: owner.id, name: "Blog", by: { type: "operator" } });
    expect(made).toEqual({
      app_id: expect.stringMatching(/^app_[0-9a-z]{14}$/),
      api_key: expect.stringMatching(/^foyer_sk_/),
      issuer: `${TEST_PUBLIC_URL}/o/${made.app_id}`,
    });
    const row = await db().app.findUnique({
      where: { id: made.app_id },
      include: { members: true, signingKeys: true, apiKeys: true, auditEvents: true },
    });
    expect(row).toMatchObject({ name: "Blog", issuer: made.issuer });
    expect(row?.pairwiseSalt).toHaveLength(32);
    expect(row?.members).toMatchObject([{ developerAppId: TENANT_ZERO, userId: owner.id, role: "owner" }]);
    expect(row?.signingKeys.map(({ alg, status }) => `${alg} ${status}`).sort()).toEqual([
      "ES256 active",
      "RS256 active",
    ]);
    expect(row?.apiKeys).toHaveLength(1);
    expect(row?.auditEvents).toMatchObject([{ type: "app.created", actorType: "operator" }]);
  });

  it("creates nothing if its owner is not a developer", async () => {
    const before = await db().app.count();
    await expect(createApp({ ownerId: "usr_nobody", name: "Blog", by: { type: "operator" } })).rejects.toThrow();
    expect(await db().app.count()).toBe(before);
  });
});

describe("findApp", () => {
  it("returns the settings with their defaults", async () => {
    const app = await someApp();
    expect((await findApp(app.id))?.settings).toEqual(AppSettings.parse({}));
  });

  it.each(["", "nonsense", "app_01nowhere00000", "app_\0", "app_\ud800", "usr_foyer", "APP_FOYER"])(
    "is null for %j, and getApp 404",
    async (id) => {
      expect(await findApp(id)).toBeNull();
      await expect(getApp(id)).rejects.toMatchObject({ status: 404, code: "not_found" });
    },
  );

  it("returns null for a disabled app", async () => {
    const app = await someApp();
    await db().app.update({ where: { id: app.id }, data: { disabledAt: new Date() } });
    expect(await findApp(app.id)).toBeNull();
  });
});

describe("ensureTenantZero", () => {
  it("creates it once, also for three parallel starts, and never changes it", async () => {
    await db().app.delete({ where: { id: TENANT_ZERO } });
    invalidate(TENANT_ZERO);
    await Promise.all([1, 2, 3].map(() => ensureTenantZero()));
    const where = { id: TENANT_ZERO };
    const made = await db().app.findUnique({ where, include: { signingKeys: true, apiKeys: true } });
    expect(made?.signingKeys).toHaveLength(2);
    expect(made?.apiKeys).toEqual([]);
    await ensureTenantZero();
    expect(await db().app.findUnique({ where, include: { signingKeys: true, apiKeys: true } })).toEqual(made);
  });
});
