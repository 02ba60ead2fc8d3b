import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AppError } from "../errors";
import { consumeLimit, type RateLimit, requireWithinLimit } from "./rate-limit";

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

describe("requireWithinLimit", () => {
  it("counts nothing, and throws 429 once the limit is used up", async () => {
    const limit = someLimit(2);
    for (let i = 0; i < 10; i++) expect(await failureOf(requireWithinLimit(limit, "a"))).toBeNull();
    await consumeLimit(limit, "a");
    expect(await failureOf(requireWithinLimit(limit, "a"))).toBeNull();
    await consumeLimit(limit, "a");
    const rejected = await failureOf(requireWithinLimit(limit, "a"));
    expect(rejected).toMatchObject({ status: 429 });
    expect(Number(rejected?.options.headers?.["Retry-After"])).toBeGreaterThan(0);
  });
});
