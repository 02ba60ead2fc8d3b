import bcrypt from "bcrypt";
import { describe, expect, it, vi } from "vitest";
import { env } from "../env";
import { isAppError } from "../errors";
import { withRequestContext } from "../request-context";
import { hashingLoad, hashPassword, needsRehash, verifyPassword } from "./password-hashing";

const OF_72 = "x".repeat(72);

describe("a password hash covers every byte:", () => {
  it.each([
    ["short", "pässwörd", "pässword"],
    ["of 72 bytes, differing in the last", OF_72, `${OF_72.slice(1)}y`],
    ["of 73 bytes, differing after byte 72", `${OF_72}a`, `${OF_72}b`],
    ["of 72 bytes, and one more", OF_72, `${OF_72}x`],
    ["of 1,024 bytes, differing in the last", "x".repeat(1024), `${"x".repeat(1023)}y`],
    ["of 40 letters in 80 bytes, differing in the last", "ä".repeat(40), `${"ä".repeat(39)}ö`],
    ["with a space at its end", "correct horse ", "correct horse"],
    ["in another case", "Correct Horse", "correct horse"],
    ["of emoji", "🦊🦊🦊🦊", "🦊🦊🦊🐺"],
  ])("a password %s matches, and a similar one does not", async (_, password, similar) => {
    const stored = await hashPassword(password);
    expect(await verifyPassword(password, stored)).toBe(true);
    expect(await verifyPassword(similar, stored)).toBe(false);
    const other = await hashPassword(similar);
    expect(await verifyPassword(password, other)).toBe(false);
  });

  it("accents match in composed and decomposed form", async () => {
    expect(await verifyPassword("cafe\u0301 creme", await hashPassword("caf\u00e9 creme"))).toBe(true);
  });

  it("the base64 that is hashed for a long password doesn't match", async () => {
    const stored = await hashPassword(`${OF_72}a`);
    const { sha256 } = await import("../crypto/hash");
    expect(await verifyPassword(sha256(`${OF_72}a`).toString("base64"), stored)).toBe(false);
  });
});

describe("the stored form", () => {
  it.each([
    ["72 bytes", OF_72, /^\$2b\$04\$[./A-Za-z0-9]{53}$/],
    ["73 bytes", `${OF_72}x`, /^sha256:\$2b\$04\$[./A-Za-z0-9]{53}$/],
    ["36 letters of two bytes", "ä".repeat(36), /^\$2b\$/],
    ["37 letters of two bytes", "ä".repeat(37), /^sha256:\$2b\$/],
  ])("of %s shows which form it has", async (_, password, form) => expect(await hashPassword(password)).toMatch(form));

  it("is salted", async () => expect(await hashPassword("password1")).not.toBe(await hashPassword("password1")));
});

describe("verifyPassword without a stored hash (no such user, no password)", () => {
  it("returns false after a comparison at full cost", async () => {
    const compare = vi.spyOn(bcrypt, "compare");
    await verifyPassword("a", null);
    expect(await verifyPassword("no user has this password", null)).toBe(false);
    const stored = await hashPassword("a password");
    await verifyPassword("a wrong one", stored);
    await verifyPassword("z".repeat(100), stored);
    expect(compare).toHaveBeenCalledTimes(4);
    for (const [, hash] of compare.mock.calls) expect(bcrypt.getRounds(String(hash))).toBe(env().BCRYPT_COST);
    compare.mockRestore();
  });

  it.each(["", "plain", "$2b$04$short", "sha256:"])("returns false for the invalid stored hash %j", async (stored) => {
    expect(await verifyPassword("plain", stored)).toBe(false);
    expect(await verifyPassword("p".repeat(80), stored)).toBe(false);
  });
});

describe("needsRehash", () => {
  it.each([
    ["$2b$03$", true],
    ["$2b$04$", false],
    ["$2b$12$", false],
    ["sha256:$2b$03$", true],
    ["sha256:$2b$04$", false],
  ])("%s… at cost 4: %s", (start, needed) =>
    expect(needsRehash(`${start}abcdefghijklmnopqrstuvabcdefghijklmnopqrstuvwxyz01234`)).toBe(needed),
  );
});

describe("the queue", () => {
  it("holds 100 waiting requests, rejects the next with 503 and Retry-After, then works again", async () => {
    // All requests are queued before the first hash is done, because none yields earlier.
    const results = await Promise.allSettled(Array.from({ length: 300 }, (_, i) => hashPassword(`password ${i}`)));
    const rejected = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    const served = results.length - rejected.length;
    expect(served).toBeGreaterThan(100);
    expect(served).toBeLessThanOrEqual(100 + 16);
    for (const error of rejected) {
      expect(isAppError(error)).toBe(true);
      expect(error).toMatchObject({ status: 503, code: "temporarily_unavailable" });
      expect(Number(error.options.headers["Retry-After"])).toBeGreaterThan(0);
    }
    expect(await verifyPassword("password 0", await hashPassword("password 0"))).toBe(true);
    // Every slot was released: the queue accepts as many requests as before.
    const again = await Promise.allSettled(Array.from({ length: 300 }, () => verifyPassword("password", null)));
    expect(again.filter((result) => result.status === "fulfilled")).toHaveLength(served);
  });

  it("hashes nothing for a caller who disconnected while waiting", async () => {
    const hash = vi.spyOn(bcrypt, "hash");
    const gone = { requestId: "req_gone", ip: null, userAgent: null, signal: () => AbortSignal.abort() };
    const busy = Array.from({ length: 16 }, () => hashPassword("password"));
    const abandoned = withRequestContext(gone, () =>
      Promise.allSettled(Array.from({ length: 20 }, () => hashPassword("password"))),
    );
    expect((await abandoned).map((result) => result.status)).toEqual(Array(20).fill("rejected"));
    await Promise.all(busy);
    expect(hash).toHaveBeenCalledTimes(16);
    hash.mockRestore();
    expect(await hashPassword("password")).toMatch(/^\$2b\$/);
  });

  it("rejects a request that has waited for 10 s with 503, and serves the others", async () => {
    vi.useFakeTimers();
    const finish: ((hash: string) => void)[] = [];
    const hash = vi
      .spyOn(bcrypt, "hash")
      .mockImplementation(() => new Promise<string>((resolve) => finish.push(resolve)));
    const all = Promise.allSettled(Array.from({ length: 30 }, () => hashPassword("password")));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(hashingLoad().waiting).toBe(30 - finish.length);
    await vi.advanceTimersByTimeAsync(1);
    expect(hashingLoad().waiting).toBe(0);
    vi.useRealTimers();
    for (const resolve of finish) resolve("$2b$");
    const results = await all;
    const rejected = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(rejected.map(({ status }) => status)).toEqual(Array(30 - finish.length).fill(503));
    hash.mockRestore();
    expect(hashingLoad()).toEqual({ running: 0, waiting: 0 });
    expect(await hashPassword("password")).toMatch(/^\$2b\$/);
  });

  it("releases a slot when hashing fails", async () => {
    const hash = vi.spyOn(bcrypt, "hash").mockRejectedValue(new Error("no memory") as never);
    await Promise.allSettled(Array.from({ length: 50 }, () => hashPassword("password")));
    hash.mockRestore();
    expect(await hashPassword("password")).toMatch(/^\$2b\$/);
  });
});
