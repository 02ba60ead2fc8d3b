/** The last sign-in method of a user stays, also under removals at once. */
import { describe, expect, it } from "vitest";
import { type App, getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { db, transaction } from "@/lib/database/client";
import { TENANT_ZERO } from "@/lib/ids";
import { createConnection, updateConnection } from "@/lib/social/connections";
import { unlinkIdentity } from "@/lib/social/identities";
import { someApp, someDeveloper, someSession } from "@/test/support/factories";
import { OPERATOR } from "@/test/support/oauth";
import { requireAnotherWayIn, type WayIn } from "./ways-in";

interface Owned {
  password?: boolean;
  verified?: boolean;
  passkeys?: number;
  identities?: number;
}

type Settings = Record<string, unknown>;

const WITHOUT_EMAIL = { methods: { magic_link: false } };
const CONNECTION = { provider: "oidc", connection: "acme", client_id: "x", issuer: "https://idp.example" } as const;

async function appWithConnection(): Promise<App> {
  const { id } = await someApp();
  await createConnection(await getApp(id), CONNECTION, OPERATOR);
  return getApp(id);
}

async function withSettings(app: App, settings: Settings): Promise<App> {
  await updateApp(app.id, { settings }, OPERATOR);
  return getApp(app.id);
}

function number(index: number): string {
  return String(index).padStart(26, "0");
}

async function userWith(app: App, { password = false, verified = false, passkeys = 0, identities = 0 }: Owned) {
  const { userId } = await someSession(app.id);
  const of = { appId: app.id, userId };
  const last = await db().user.count({ where: { appId: app.id } });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => number(last * 100 + index));
  await db().factor.createMany({ data: ids(passkeys).map((n) => ({ ...of, id: `fac_${n}`, type: "passkey" })) });
  await db().identity.createMany({
    data: ids(identities).map((n) => {
      return { ...of, id: `idn_${n}`, connection: "acme", issuer: "https://idp.example", subject: n };
    }),
  });
  await db().user.update({
    where: { appId_id: { appId: app.id, id: userId } },
    data: { emailVerifiedAt: verified ? new Date() : null, ...(!password && { passwordHash: null }) },
  });
  return { userId, passkey: `fac_${number(last * 100)}`, identity: `idn_${number(last * 100)}` };
}

function require(app: App, userId: string, without: WayIn): Promise<void> {
  return transaction((tx) => requireAnotherWayIn(tx, app, userId, without));
}

const LAST = expect.objectContaining({ status: 409, code: "last_way_in" });

describe("the last sign-in method", () => {
  it.each<[string, keyof Owned, Owned, Settings]>([
    ["a password", "password", { password: true }, {}],
    ["a passkey", "passkeys", { passkeys: 1 }, {}],
    ["a linked account", "identities", { identities: 1 }, {}],
    ["a password beside an unverified email address", "password", { password: true, verified: false }, {}],
    ["a password without email methods", "password", { password: true, verified: true }, WITHOUT_EMAIL],
    [
      "a linked account beside a password that the app doesn't use",
      "identities",
      { identities: 1, password: true },
      { methods: { password: false } },
    ],
    [
      "a linked account beside a passkey that the app doesn't use",
      "identities",
      { identities: 1, passkeys: 1 },
      { passkeys: false },
    ],
  ])("is %s", async (_title, removed, owned, settings) => {
    const app = await appWithConnection();
    const { userId, passkey, identity } = await userWith(app, owned);
    const without = { password: { password: true }, passkeys: { passkey }, identities: { identity }, verified: null };
    await expect(require(await withSettings(app, settings), userId, without[removed] as WayIn)).rejects.toEqual(LAST);
  });

  it.each<[string, Owned, Settings]>([
    ["a password", { identities: 1, password: true }, {}],
    ["another linked account", { identities: 2 }, {}],
    ["a passkey", { identities: 1, passkeys: 1 }, {}],
    ["a verified email address with magic links", { identities: 1, verified: true }, {}],
    [
      "a verified email address with emailed codes",
      { identities: 1, verified: true },
      { methods: { magic_link: false, email_code: true } },
    ],
  ])("isn't a linked account beside %s", async (_title, owned, settings) => {
    const app = await appWithConnection();
    const { userId, identity } = await userWith(app, owned);
    await require(await withSettings(app, settings), userId, { identity });
  });

  it("is a passkey beside an account of a disabled connection", async () => {
    const app = await appWithConnection();
    const { userId, passkey } = await userWith(app, { passkeys: 1, identities: 1 });
    await require(app, userId, { passkey });
    await updateConnection(app, "acme", { enabled: false }, OPERATOR);
    await expect(require(app, userId, { passkey })).rejects.toEqual(LAST);
  });

  it("is not counted among another app's methods", async () => {
    const [app, neighbor] = await Promise.all([appWithConnection(), appWithConnection()]);
    const { userId, passkey } = await userWith(app, { passkeys: 1 });
    await expect(require(neighbor, userId, { passkey })).rejects.toMatchObject({ status: 404 });
    await userWith(neighbor, { passkeys: 2, password: true });
    await expect(require(app, userId, { passkey })).rejects.toEqual(LAST);
  });

  it("of a developer is the password: the dashboard sends no links", async () => {
    const { id } = await someDeveloper();
    await expect(require(await getApp(TENANT_ZERO), id, { password: true })).rejects.toEqual(LAST);
  });
});

describe("removals at once", () => {
  function removePassword(app: App, userId: string) {
    return transaction(async (tx) => {
      await requireAnotherWayIn(tx, app, userId, { password: true });
      await tx.user.update({ where: { appId_id: { appId: app.id, id: userId } }, data: { passwordHash: null } });
    });
  }

  function removePasskey(app: App, userId: string, passkey: string) {
    return transaction(async (tx) => {
      await requireAnotherWayIn(tx, app, userId, { passkey });
      await tx.factor.delete({ where: { appId_id: { appId: app.id, id: passkey } } });
    });
  }

  it("leave one method: of 20 passkeys, and of a password and a linked account", async () => {
    const app = await appWithConnection();
    const { userId } = await userWith(app, { passkeys: 20 });
    const where = { appId: app.id, userId };
    const all = await db().factor.findMany({ where });
    const removed = await Promise.allSettled(all.map(({ id }) => removePasskey(app, userId, id)));
    expect(removed.filter(({ status }) => status === "fulfilled")).toHaveLength(19);
    expect(await db().factor.count({ where })).toBe(1);

    const bob = await userWith(app, { password: true, identities: 1 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? removePassword(app, bob.userId) : unlinkIdentity(app, bob.userId, bob.identity, OPERATOR),
      ),
    );
    const user = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: bob.userId } } });
    const identities = await db().identity.count({ where: { appId: app.id, userId: bob.userId } });
    expect(Number(user.passwordHash !== null) + identities).toBe(1);
    expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect([404, 409]).toContain(outcome.reason.status);
  });
});
