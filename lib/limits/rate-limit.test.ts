import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { AppError } from "../errors";
import { consumeLimit, limitFailures, type RateLimit, refundLimit } from "./rate-limit";

function someLimit(points: number): RateLimit {
  return { name: `test-${randomUUID()}`, points, seconds: 60 };
}

async function failureOf(work: Promise<void>): Promise<AppError | null> {
  return work.then(
    () => null,
    (error) => error,
  );
}

describe("consumeLimit", () => {
  it("allows as many requests as the limit says, then throws 429 with Retry-After", async () => {
    const limit = someLimit(3);
    for (let i = 0; i < 3; i++) expect(await failureOf(consumeLimit(limit, "a"))).toBeNull();
    const rejected = await failureOf(consumeLimit(limit, "a"));
    expect(rejected).toMatchObject({ status: 429, code: "rate_limited" });
    const seconds = Number(rejected?.options.headers?.["Retry-After"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(rejected?.description).toContain(`${seconds} seconds`);
  });

  it("counts each key and each limit separately", async () => {
    const [one, other] = [someLimit(1), someLimit(1)];
    await consumeLimit(one, "a");
    expect(await failureOf(consumeLimit(one, "b"))).toBeNull();
    expect(await failureOf(consumeLimit(other, "a"))).toBeNull();
    expect(await failureOf(consumeLimit(one, "a"))).not.toBeNull();
  });

  it("allows no more than the limit when many requests come at once", async () => {
    const limit = someLimit(10);
    const results = await Promise.all(Array.from({ length: 50 }, () => failureOf(consumeLimit(limit, "a"))));
    expect(results.filter((result) => result === null)).toHaveLength(10);
  });

  it("does not show the key to the caller", async () => {
    const limit = someLimit(1);
    await consumeLimit(limit, "192.0.2.77");
    expect((await failureOf(consumeLimit(limit, "192.0.2.77")))?.description).not.toContain("192.0.2.77");
  });
});

describe("limitFailures", () => {
  const attempt = (limit: RateLimit, success: boolean, seen: { evaluated: number } = { evaluated: 0 }) =>
    failureOf(
      limitFailures(limit, "a", async () => {
        seen.evaluated++;
        await setImmediate();
        return { success, value: undefined };
      }),
    );

  it("never rejects successes, also many at once", async () => {
    const limit = someLimit(2);
    const results = await Promise.all(Array.from({ length: 50 }, () => attempt(limit, true)));
    expect(results.every((result) => result === null)).toBe(true);
  });

  it("evaluates no more failures than the limit, also many at once", async () => {
    const [limit, seen] = [someLimit(3), { evaluated: 0 }];
    const results = await Promise.all(Array.from({ length: 50 }, () => attempt(limit, false, seen)));
    expect(results.filter((result) => result === null)).toHaveLength(3);
    expect(seen.evaluated).toBe(3);
    const rejected = await attempt(limit, true, seen);
    expect(rejected).toMatchObject({ status: 429 });
    expect(Number(rejected?.options.headers?.["Retry-After"])).toBeGreaterThan(0);
    expect(seen.evaluated).toBe(3);
  });

  it("lets a waiting attempt continue when those before it succeed", async () => {
    const limit = someLimit(1);
    const results = await Promise.all([attempt(limit, true), attempt(limit, true), attempt(limit, false)]);
    expect(results).toEqual([null, null, null]);
    expect(await attempt(limit, true)).toMatchObject({ status: 429 });
  });
});

describe("refundLimit", () => {
  it("takes one count back, and never leaves a credit", async () => {
    const limit = someLimit(1);
    await refundLimit(limit, "a");
    await consumeLimit(limit, "a");
    expect(await failureOf(consumeLimit(limit, "a"))).not.toBeNull();
    await refundLimit(limit, "a");
    await refundLimit(limit, "a");
    expect(await failureOf(consumeLimit(limit, "a"))).toBeNull();
    expect(await failureOf(consumeLimit(limit, "a"))).not.toBeNull();
  });
});
