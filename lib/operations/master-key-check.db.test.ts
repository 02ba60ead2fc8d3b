import { afterEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_SECRET } from "@/test/support/environment";
import { setMasterKeys } from "@/test/support/master-keys";
import { db } from "../database/client";
import { env } from "../env";
import { StartError } from "../errors";
import { TENANT_ZERO } from "../ids";
import { examine } from "./doctor";
import { requireMatchingMasterKey } from "./master-key-check";
import { resealAll } from "./reseal";

await createOwnDatabase();

const NEW = "2:another-secret-of-the-tests-that-guards-nothing-either";

const given = env().FOYER_SECRET;
afterEach(() => {
  env().FOYER_SECRET = given;
  setMasterKeys(TEST_SECRET);
});

const failure = () =>
  requireMatchingMasterKey().then(
    () => null,
    (error: unknown) => error,
  );

describe("requireMatchingMasterKey", () => {
  it("accepts the secret of the database, alone or after a new one", async () => {
    expect(await failure()).toBeNull();
    setMasterKeys(`${NEW},${TEST_SECRET}`);
    expect(await failure()).toBeNull();
  });

  it.each([
    ["another secret with the same version", TEST_SECRET.replace("nothing", "much")],
    ["a new secret alone, before the values were re-encrypted", NEW],
  ])("prevents the start with %s, and says what to do", async (_, secret) => {
    setMasterKeys(secret);
    const error = await failure();
    expect(error).toBeInstanceOf(StartError);
    expect((error as Error).message).toMatch(
      /^FOYER_SECRET is not the one .*FOYER_SECRET=2:new-secret,1:old-secret\.$/,
    );
    expect((error as Error).message).not.toContain(secret.slice(2, 20));
  });

  it("names the secret file if the secret comes from it", async () => {
    env().FOYER_SECRET = undefined;
    setMasterKeys(NEW);
    expect(((await failure()) as Error).message).toContain(`${env().DATA_DIR}/secret is not the one`);
  });

  it.each([
    ["first", "changed", (sealed: string) => sealed.replace(/.(?=.{9}$)/, (one) => (one === "A" ? "B" : "A"))],
    ["last", "changed", (sealed: string) => sealed.replace(/.(?=.{9}$)/, (one) => (one === "A" ? "B" : "A"))],
    ["first", "truncated", () => "s1.1."],
    ["first", "something else", () => "-----BEGIN PRIVATE KEY-----"],
  ])("names the %s key if it is corrupt (%s), and does not blame the secret", async (position, _, damage) => {
    const keys = await db().signingKey.findMany({ where: { appId: TENANT_ZERO, privateSealed: { not: null } } });
    const key = keys.at(position === "first" ? 0 : -1);
    const where = { appId_id: { appId: TENANT_ZERO, id: key?.id ?? "" } };
    await db().signingKey.update({ where, data: { privateSealed: damage(key?.privateSealed ?? "") } });
    const error = await failure();
    const finding = (await examine()).find(({ check }) => check === "keys");
    await db().signingKey.update({ where, data: { privateSealed: key?.privateSealed } });
    expect(error).toBeInstanceOf(StartError);
    for (const message of [(error as Error).message, finding?.message])
      expect(message).toMatch(
        new RegExp(`^The signing key ${key?.id} of ${TENANT_ZERO} is corrupt.*FOYER_SECRET is right`),
      );
    expect(await failure()).toBeNull();
  });

  it("accepts the new secret alone after the values were re-encrypted", async () => {
    setMasterKeys(`${NEW},${TEST_SECRET}`);
    await resealAll();
    setMasterKeys(NEW);
    expect(await failure()).toBeNull();
    setMasterKeys(`${TEST_SECRET},${NEW}`);
    await resealAll();
  });
});
