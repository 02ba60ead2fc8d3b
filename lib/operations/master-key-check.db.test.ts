import { afterEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_SECRET } from "@/test/support/environment";
import { setMasterKeys } from "@/test/support/master-keys";
import { env } from "../env";
import { StartError } from "../errors";
import { requireMatchingMasterKey } from "./master-key-check";
import { resealAll } from "./reseal";

await createOwnDatabase();

const NEW = "2:another-secret-of-the-tests-that-guards-nothing-either";

const given = env().FOYER_SECRET;
afterEach(() => {
  env().FOYER_SECRET = given;
  setMasterKeys(TEST_SECRET);
});

const refusal = () =>
  requireMatchingMasterKey().then(
    () => null,
    (error: unknown) => error,
  );

describe("requireRightSecret", () => {
  it("is content with the secret of the database, alone or behind a new one", async () => {
    expect(await refusal()).toBeNull();
    setMasterKeys(`${NEW},${TEST_SECRET}`);
    expect(await refusal()).toBeNull();
  });

  it.each([
    ["another one of the same version", TEST_SECRET.replace("nothing", "much")],
    ["a new one alone, before anything was sealed under it", NEW],
  ])("stops the start at %s, and says what to do", async (_, secret) => {
    setMasterKeys(secret);
    const error = await refusal();
    expect(error).toBeInstanceOf(StartError);
    expect((error as Error).message).toMatch(
      /^FOYER_SECRET is not the one .*FOYER_SECRET=2:new-secret,1:old-secret\.$/,
    );
    expect((error as Error).message).not.toContain(secret.slice(2, 20));
  });

  it("names the file where the secret came from one", async () => {
    env().FOYER_SECRET = undefined;
    setMasterKeys(NEW);
    expect(((await refusal()) as Error).message).toContain(`${env().DATA_DIR}/secret is not the one`);
  });

  it("is content with the new one alone once everything is sealed under it", async () => {
    setMasterKeys(`${NEW},${TEST_SECRET}`);
    await resealAll();
    setMasterKeys(NEW);
    expect(await refusal()).toBeNull();
    setMasterKeys(`${TEST_SECRET},${NEW}`);
    await resealAll();
  });
});
