import { beforeAll, describe, expect, it } from "vitest";
import { invalidate } from "@/lib/database/cache";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { GET } from "./route";

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4). */
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
});

describe("the JWKS", () => {
  it("has a key for each algorithm with kid, alg and use, is cached for 5 minutes, and allows every origin (RFC 7517)", async () => {
    const answer = await call(GET, { params: { app: app.id } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(answer.headers.get("x-request-id")).toBe("req_test");
    expect(Object.keys(answer.body)).toEqual(["keys"]);
    expect(answer.body.keys).toMatchObject([
      { kty: "EC", alg: "ES256", use: "sig", crv: "P-256", kid: expect.any(String) },
      { kty: "RSA", alg: "RS256", use: "sig", e: "AQAB", kid: expect.any(String) },
    ]);
  });

  it("never has a private member", async () => {
    for (const id of [app.id, otherApp.id, "app_foyer"]) {
      const { keys } = (await call(GET, { params: { app: id } })).body;
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) for (const member of PRIVATE) expect(key).not.toHaveProperty(member);
      expect(JSON.stringify(keys)).not.toContain("s1.");
    }
  });

  it("has no key of another app", async () => {
    const kids = async (id: string) =>
      (await call(GET, { params: { app: id } })).body.keys.map((key: { kid: string }) => key.kid);
    const [ours, theirs] = [await kids(app.id), await kids(otherApp.id)];
    expect(ours.filter((kid: string) => theirs.includes(kid))).toEqual([]);
  });
});

describe("the JWKS endpoint, with 404 not_found,", () => {
  it.each(["app_01nowhere00000", "nonsense", "", "app_\0", "app_\ud800", "APP_FOYER", "app_".padEnd(9999, "x")])(
    "rejects the app ID %j, in JSON that is not cached",
    async (id) => expectError(await call(GET, { params: { app: id } }), 404, "not_found"),
  );

  it("rejects the ID of a disabled app", async () => {
    const other = await someApp();
    await db().app.update({ where: { id: other.id }, data: { disabledAt: new Date() } });
    invalidate(other.id);
    expectError(await call(GET, { params: { app: other.id } }), 404, "not_found");
  });
});
