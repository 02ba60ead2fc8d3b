import { afterEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_SECRET } from "@/test/support/environment";
import { someApp, someSession } from "@/test/support/factories";
import { setMasterKeys } from "@/test/support/master-keys";
import { OPERATOR } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";
import { updateApp } from "../apps/update";
import { db } from "../database/client";
import { reportUnreadableHop } from "../http/unreadable-hop";
import { newId } from "../ids";
import { examine, type Finding } from "./doctor";
import { publicUrlProblem } from "./public-url";

await createOwnDatabase();

async function finding(check: Finding["check"]): Promise<Finding | undefined> {
  return (await examine()).find((one) => one.check === check);
}

afterEach(() => setMasterKeys(TEST_SECRET));

describe("examine", () => {
  it("reports a new installation as healthy, except that email delivery is not configured", async () => {
    await someApp();
    expect((await examine()).map(({ check, status }) => `${check} ${status}`)).toEqual([
      "configuration ok",
      "database ok",
      "notifications ok",
      "keys ok",
      "mail warning",
      "clock ok",
      "proxies ok",
      "passkeys ok",
    ]);
  });

  it("reports signing keys that the master key cannot decrypt", async () => {
    const app = await someApp();
    setMasterKeys("1:another-secret-than-the-one-that-was-used-before");
    expect(await finding("keys")).toMatchObject({ status: "error", message: expect.stringContaining("FOYER_SECRET") });
    expect((await finding("keys"))?.message).toContain(app.id);
  });

  it("warns about keys that are encrypted with an older master key", async () => {
    await someApp();
    setMasterKeys(`2:a-new-secret-that-was-put-in-front-of-it,${TEST_SECRET}`);
    expect(await finding("keys")).toMatchObject({ status: "warning", message: expect.stringContaining("older") });
  });

  it("warns about passkeys that a changed PUBLIC_URL orphaned, and not about those of an app's own domain", async () => {
    const [app, own] = [await someApp(), await someApp()];
    await updateApp(own.id, { settings: { passkey_rp_id: "example.com" } }, OPERATOR);
    const { userId } = await someSession(app.id);
    const factor = { appId: app.id, userId, type: "passkey", id: newId("fac"), rpId: "localhost" };
    await db().factor.create({ data: factor });
    const ownUser = (await someSession(own.id)).userId;
    await db().factor.create({ data: { ...factor, appId: own.id, userId: ownUser, rpId: "example.com" } });
    expect(await finding("passkeys")).toMatchObject({ status: "ok" });
    await db().factor.updateMany({ where: { appId: app.id }, data: { rpId: "old.example" } });
    expect(await finding("passkeys")).toMatchObject({
      status: "warning",
      message: expect.stringMatching(/^1 passkey of 1 app can't be used.* old\.example/),
    });
    await db().factor.deleteMany({});
  });

  it("warns about a trusted proxy that sent no IP address", async () => {
    reportUnreadableHop("unix:", "10.0.0.1");
    reportUnreadableHop("unix:", "10.0.0.1");
    await expect.poll(() => db().auditEvent.count({ where: { type: "proxy.address_unreadable" } })).toBe(1);
    const found = await finding("proxies");
    expect(found).toMatchObject({ status: "warning", message: expect.stringContaining('10.0.0.1 sent "unix:"') });
    await db().auditEvent.deleteMany({ where: { type: "proxy.address_unreadable" } });
  });

  it.each([
    ["http://example.com", true],
    ["http://192.0.2.1:8000", true],
    ["https://example.com", false],
    ["http://localhost:8000", false],
    ["http://127.0.0.1:8000", false],
  ])("about PUBLIC_URL %s warns: %s, also with FOYER_ALLOW_LOOPBACK", async (url, warns) => {
    const before = process.env.PUBLIC_URL;
    Object.assign(process.env, { PUBLIC_URL: url, FOYER_ALLOW_LOOPBACK: "on" });
    forgetState("env");
    const problem = publicUrlProblem();
    Object.assign(process.env, { PUBLIC_URL: before });
    delete process.env.FOYER_ALLOW_LOOPBACK;
    forgetState("env");
    expect(problem !== null).toBe(warns);
    if (problem) expect(problem).toContain(`${url} uses http`);
  });

  it("warns about apps that were created with another PUBLIC_URL", async () => {
    const app = await someApp();
    await db().app.update({ where: { id: app.id }, data: { issuer: `https://old.example.com/o/${app.id}` } });
    expect(await finding("configuration")).toMatchObject({
      status: "warning",
      message: expect.stringMatching(/^1 app/),
    });
  });

  it("reports a missing migration", async () => {
    await db().$executeRawUnsafe(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
    expect(await finding("database")).toMatchObject({ status: "error", message: expect.stringContaining("migrat") });
    await db().$executeRawUnsafe(`UPDATE "_prisma_migrations" SET finished_at = now()`);
  });
});
