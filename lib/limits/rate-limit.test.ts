import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AppError } from "../errors";
import { addressKey, consumeLimit, type Limit, requireWithinLimit } from "./rate-limit";

function someLimit(points: number): Limit {
  return { name: `test-${randomUUID()}`, points, seconds: 60 };
}

async function failureOf(work: Promise<void>): Promise<AppError | null> {
  return work.then(
    () => null,
    (error) => error,
  );
}

describe("addressKey (SECURITY 17: IPv6 by /64)", () => {
  it.each([
    [null, "unknown"],
    ["", "unknown"],
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
  ])("%j counts as %s", (address, key) => expect(addressKey(address)).toBe(key));

  it("keeps neighbouring networks apart", () =>
    expect(addressKey("2001:db8:1:2::1")).not.toBe(addressKey("2001:db8:1:3::1")));
});

describe("consumeLimit", () => {
  it("lets through as many as the limit says, then throws 429 with Retry-After", async () => {
    const limit = someLimit(3);
    for (let i = 0; i < 3; i++) expect(await failureOf(consumeLimit(limit, "a"))).toBeNull();
    const refused = await failureOf(consumeLimit(limit, "a"));
    expect(refused).toMatchObject({ status: 429, code: "rate_limited" });
    const seconds = Number(refused?.options.headers?.["Retry-After"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused?.description).toContain(`${seconds} seconds`);
  });

  it("counts each key and each limit by itself", async () => {
    const [one, other] = [someLimit(1), someLimit(1)];
    await consumeLimit(one, "a");
    expect(await failureOf(consumeLimit(one, "b"))).toBeNull();
    expect(await failureOf(consumeLimit(other, "a"))).toBeNull();
    expect(await failureOf(consumeLimit(one, "a"))).not.toBeNull();
  });

  it("counts before anything is evaluated: of many at once only so many pass", async () => {
    const limit = someLimit(10);
    const results = await Promise.all(Array.from({ length: 50 }, () => failureOf(consumeLimit(limit, "a"))));
    expect(results.filter((result) => result === null)).toHaveLength(10);
  });

  it("does not tell the caller whose limit it was", async () => {
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
    const refused = await failureOf(requireWithinLimit(limit, "a"));
    expect(refused).toMatchObject({ status: 429 });
    expect(Number(refused?.options.headers?.["Retry-After"])).toBeGreaterThan(0);
  });
});
