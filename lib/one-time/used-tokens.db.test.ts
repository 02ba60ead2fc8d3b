import { expect, it, vi } from "vitest";
import { secondsFromNow } from "@/lib/clock";
import { someApp } from "@/test/support/factories";
import { useOnce } from "./used-tokens";

it("accepts one of twenty concurrent uses, and no later one", async () => {
  const app = await someApp();
  const use = () => useOnce(app.id, "dpop", "jti-1", secondsFromNow(60));
  const results = await Promise.all(Array.from({ length: 20 }, use));
  expect(results.filter(Boolean)).toHaveLength(1);
  expect(await use()).toBe(false);
});

it("accepts one of forty concurrent uses in two processes, whose batches know nothing of each other", async () => {
  const app = await someApp();
  vi.resetModules();
  const other = await import("./used-tokens");
  expect(other.useOnce).not.toBe(useOnce);
  const expires = secondsFromNow(60);
  for (let round = 0; round < 5; round++) {
    const uses = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? useOnce : other.useOnce)(app.id, "dpop", `jti-${round}`, expires),
    );
    expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
  }
});

it("tells tokens, kinds and apps apart", async () => {
  const [app, neighbor] = [await someApp(), await someApp()];
  const expires = secondsFromNow(60);
  expect(await useOnce(app.id, "dpop", "jti", expires)).toBe(true);
  expect(await useOnce(app.id, "dpop", "jti2", expires)).toBe(true);
  expect(await useOnce(app.id, "assertion", "jti", expires)).toBe(true);
  expect(await useOnce(neighbor.id, "dpop", "jti", expires)).toBe(true);
  expect(await useOnce(app.id, "assertion", "jti", expires)).toBe(false);
});
