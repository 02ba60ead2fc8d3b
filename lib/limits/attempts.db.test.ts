import { describe, expect, it } from "vitest";
import { someApp, someEmail } from "@/test/support/factories";
import { repetitions } from "@/test/support/repetitions";
import { db } from "../database/client";
import { isAppError } from "../errors";
import { clearAttempts, limitAttempts, PASSWORD_ATTEMPTS } from "./attempts";

const wrong = async () => ({ success: false, value: "wrong" });
const right = async () => ({ success: true, value: "right" });

const attempt = <T>(appId: string, email: string, evaluate: () => Promise<{ success: boolean; value: T }>) =>
  limitAttempts(appId, PASSWORD_ATTEMPTS, email, evaluate);

async function outcome(work: Promise<string>): Promise<string> {
  return work.catch((error) =>
    isAppError(error) ? `${error.status} after ${error.options.headers?.["Retry-After"]}` : String(error),
  );
}

/** Moves everything counted so far into the past. */
async function letPass(appId: string, seconds: number) {
  const [row] = await db().attemptCounter.findMany({ where: { appId } });
  if (!row) throw new Error("nothing was counted");
  const earlier = (at: Date) => new Date(at.getTime() - seconds * 1000);
  await db().attemptCounter.updateMany({
    where: { appId },
    data: { lastAt: earlier(row.lastAt), expiresAt: earlier(row.expiresAt) },
  });
}

describe("limitAttempts", () => {
  it("allows five failures, then requires a wait of 1, 2, 4 … at most 60 seconds", async () => {
    const { id } = await someApp();
    const email = someEmail();
    for (let i = 0; i < 5; i++) expect(await outcome(attempt(id, email, wrong))).toBe("wrong");
    for (const delay of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await outcome(attempt(id, email, right))).toBe(`429 after ${delay}`);
      await letPass(id, delay);
      expect(await outcome(attempt(id, email, wrong))).toBe("wrong");
    }
  });

  it("rejects every attempt after 30 within an hour, until that hour has passed", async () => {
    const { id } = await someApp();
    const email = someEmail();
    await attempt(id, email, wrong);
    await db().attemptCounter.updateMany({
      where: { appId: id },
      data: { count: 30, lastAt: new Date(Date.now() - 600_000) },
    });
    expect(await outcome(attempt(id, email, right))).toMatch(/^429 after 3[56]\d\d$/);
    await letPass(id, 3600);
    expect(await outcome(attempt(id, email, right))).toBe("right");
  });

  it("deletes the count on success", async () => {
    const { id } = await someApp();
    const email = someEmail();
    for (let i = 0; i < 4; i++) await attempt(id, email, wrong);
    await attempt(id, email, right);
    expect(await db().attemptCounter.count({ where: { appId: id } })).toBe(0);
  });

  it("evaluates five of twenty wrong attempts at once", async () => {
    const { id } = await someApp();
    const email = someEmail();
    let evaluated = 0;
    const guess = async () => {
      evaluated++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { success: false, value: "wrong" };
    };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(attempt(id, email, guess))));
    expect(evaluated).toBe(5);
    expect(outcomes.filter((text) => text.startsWith("429"))).toHaveLength(15);
  });

  it("accepts all of twenty correct attempts at once", async () => {
    const { id } = await someApp();
    // Repeated, because the database's responses overtake each other only now and then.
    for (let round = 0; round < repetitions(50); round++) {
      const email = someEmail();
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(attempt(id, email, right))));
      expect(new Set(outcomes)).toEqual(new Set(["right"]));
    }
  });

  it("counts each app and identifier separately, and stores no email address", async () => {
    const [app, other] = [await someApp(), await someApp()];
    const email = someEmail();
    for (let i = 0; i < 5; i++) await attempt(app.id, email, wrong);
    expect(await outcome(attempt(other.id, email, right))).toBe("right");
    expect(await outcome(attempt(app.id, someEmail(), right))).toBe("right");
    const [row] = await db().attemptCounter.findMany({ where: { appId: app.id } });
    expect(Buffer.from(row?.keyHash ?? []).toString("latin1")).not.toContain("bob");
    await clearAttempts(app.id, PASSWORD_ATTEMPTS, email);
    expect(await outcome(attempt(app.id, email, right))).toBe("right");
  });

  it("rethrows the error of an evaluation, and still counts the attempt", async () => {
    const { id } = await someApp();
    const boom = async () => Promise.reject(new Error("the queue is full"));
    await expect(attempt(id, "x", boom)).rejects.toThrow("the queue is full");
    expect(await db().attemptCounter.findFirst({ where: { appId: id } })).toMatchObject({ count: 1 });
  });
});
