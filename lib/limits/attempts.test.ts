import { describe, expect, it } from "vitest";
import { someApp, someEmail } from "@/test/support/factories";
import { db } from "../database/client";
import { isAppError } from "../errors";
import { attempt, forgetAttempts, LOGIN_ATTEMPTS } from "./attempts";

const wrong = async () => ({ success: false, value: "wrong" });
const right = async () => ({ success: true, value: "right" });

async function outcome(work: Promise<string>): Promise<string> {
  return work.catch((error) =>
    isAppError(error) ? `${error.status} after ${error.options.headers?.["Retry-After"]}` : String(error),
  );
}

/** As if everything counted so far had happened that long ago. */
async function letPass(appId: string, seconds: number) {
  const [row] = await db().attemptCounter.findMany({ where: { appId } });
  if (!row) throw new Error("nothing was counted");
  const earlier = (at: Date) => new Date(at.getTime() - seconds * 1000);
  await db().attemptCounter.updateMany({
    where: { appId },
    data: { lastAt: earlier(row.lastAt), expiresAt: earlier(row.expiresAt) },
  });
}

describe("attempts on an account (SECURITY: five free, then growing delay, 30 an hour, forgotten on success)", () => {
  it("lets five fail, then asks to wait 1, 2, 4 … at most 60 seconds", async () => {
    const { id } = await someApp();
    const who = someEmail();
    for (let i = 0; i < 5; i++) expect(await outcome(attempt(id, LOGIN_ATTEMPTS, who, wrong))).toBe("wrong");
    for (const delay of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await outcome(attempt(id, LOGIN_ATTEMPTS, who, right))).toBe(`429 after ${delay}`);
      await letPass(id, delay);
      expect(await outcome(attempt(id, LOGIN_ATTEMPTS, who, wrong))).toBe("wrong");
    }
  });

  it("ends after thirty within the hour, and begins anew with the next one", async () => {
    const { id } = await someApp();
    const who = someEmail();
    await attempt(id, LOGIN_ATTEMPTS, who, wrong);
    await db().attemptCounter.updateMany({
      where: { appId: id },
      data: { count: 30, lastAt: new Date(Date.now() - 600_000) },
    });
    expect(await outcome(attempt(id, LOGIN_ATTEMPTS, who, right))).toMatch(/^429 after 3[56]\d\d$/);
    await letPass(id, 3600);
    expect(await outcome(attempt(id, LOGIN_ATTEMPTS, who, right))).toBe("right");
  });

  it("forgets on success", async () => {
    const { id } = await someApp();
    const who = someEmail();
    for (let i = 0; i < 4; i++) await attempt(id, LOGIN_ATTEMPTS, who, wrong);
    await attempt(id, LOGIN_ATTEMPTS, who, right);
    expect(await db().attemptCounter.count({ where: { appId: id } })).toBe(0);
  });

  it("evaluates five of twenty wrong guesses at once", async () => {
    const { id } = await someApp();
    const who = someEmail();
    let evaluated = 0;
    const guess = async () => {
      evaluated++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { success: false, value: "wrong" };
    };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => outcome(attempt(id, LOGIN_ATTEMPTS, who, guess))),
    );
    expect(evaluated).toBe(5);
    expect(outcomes.filter((text) => text.startsWith("429"))).toHaveLength(15);
  });

  it("lets twenty right ones at once all in", async () => {
    const { id } = await someApp();
    // Again and again: answers of the database overtake each other now and then.
    for (let round = 0; round < 50; round++) {
      const who = someEmail();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => outcome(attempt(id, LOGIN_ATTEMPTS, who, right))),
      );
      expect(new Set(outcomes)).toEqual(new Set(["right"]));
    }
  });

  it("counts each App and identifier for itself, and stores no address", async () => {
    const [app, neighbour] = [await someApp(), await someApp()];
    const who = someEmail();
    for (let i = 0; i < 5; i++) await attempt(app.id, LOGIN_ATTEMPTS, who, wrong);
    expect(await outcome(attempt(neighbour.id, LOGIN_ATTEMPTS, who, right))).toBe("right");
    expect(await outcome(attempt(app.id, LOGIN_ATTEMPTS, someEmail(), right))).toBe("right");
    const [row] = await db().attemptCounter.findMany({ where: { appId: app.id } });
    expect(Buffer.from(row?.keyHash ?? []).toString("latin1")).not.toContain("bob");
    await forgetAttempts(app.id, LOGIN_ATTEMPTS, who);
    expect(await outcome(attempt(app.id, LOGIN_ATTEMPTS, who, right))).toBe("right");
  });

  it("passes on what the evaluation throws, and still counts it", async () => {
    const { id } = await someApp();
    const boom = async () => Promise.reject(new Error("the queue is full"));
    await expect(attempt(id, LOGIN_ATTEMPTS, "x", boom)).rejects.toThrow("the queue is full");
    expect(await db().attemptCounter.findFirst({ where: { appId: id } })).toMatchObject({ count: 1 });
  });
});
