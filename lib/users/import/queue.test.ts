import { describe, expect, it } from "vitest";
import { runQueued } from "./queue";

describe("runQueued", () => {
  it("runs one batch after the other, even after a failure", async () => {
    let running = 0;
    const most: number[] = [];
    const work = (n: number) => async () => {
      most.push(++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (n % 2) throw new Error(String(n));
      return n;
    };
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => runQueued(work(n))));
    expect(Math.max(...most)).toBe(1);
    expect(all.filter(({ status }) => status === "rejected").length).toBe(10);
    expect(await runQueued(async () => "next")).toBe("next");
  });

  it("rejects a batch with 503 when 50 are waiting, and runs those", async () => {
    const all = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => runQueued(async () => n)));
    const refused = all.filter((one) => one.status === "rejected").map(({ reason }) => reason);
    expect(refused.length).toBe(10);
    expect(refused[0]).toMatchObject({ status: 503, options: { headers: { "Retry-After": "5" } } });
  });
});
