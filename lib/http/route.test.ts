import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { fail, failRateLimited } from "../errors";
import { text } from "../input";
import { requestContext } from "../request-context";
import { anyone } from "./guards";
import { json } from "./respond";
import { route } from "./route";

describe("an error thrown in a route", () => {
  it("determines the response if it is an AppError", async () => {
    const headers = { Allow: "GET" };
    const handler = route({
      guard: anyone,
      run: async () => fail(405, "method_not_allowed", "Use GET instead.", { headers }),
    });
    const answer = await call(handler);
    expectError(answer, 405, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe("GET");
  });

  it.each([
    ["an Error", new Error("SELECT secret FROM inside")],
    ["a text", "SELECT secret FROM inside"],
    ["nothing", undefined],
    ["an unexpected unique violation", Object.assign(new Error("secret"), { code: "23505" })],
  ])("is a 500 that reveals no internals if it is unexpected: %s", async (_, thrown) => {
    const answer = await call(route({ guard: anyone, run: () => Promise.reject(thrown) }));
    expectError(answer, 500, "internal_error");
    expect(JSON.stringify(answer.body)).not.toContain("secret");
  });

  it.each(["ECONNREFUSED", "53300", "57P01", "57014", "P2024"])(
    "is a 503 with Retry-After if the database fails with %s",
    async (code) => {
      const thrown = Object.assign(new Error("db.internal:5432"), { code });
      const answer = await call(route({ guard: anyone, run: () => Promise.reject(thrown) }));
      expectError(answer, 503, "temporarily_unavailable");
      expect(JSON.stringify(answer.body)).not.toContain("internal:5432");
    },
  );

  it("is caught even if it is thrown synchronously", async () => {
    const guard = () => {
      throw new Error("early");
    };
    expectError(await call(route({ guard, run: async () => ({}) })), 500, "internal_error");
  });

  it("does not reveal its detail, which is for the log", async () => {
    const handler = route({ guard: anyone, run: async () => failRateLimited(3, "limit of 192.0.2.1") });
    const answer = await call(handler);
    expectError(answer, 429, "rate_limited");
    expect(JSON.stringify(answer.body)).not.toContain("192.0.2.1");
  });

  it("has a WWW-Authenticate header if it is a 401 (RFC 9110 §15.5.2), its own or the default", async () => {
    const plain = await call(route({ guard: anyone, run: async () => fail(401, "invalid_grant", "No longer valid.") }));
    expect(plain.headers.get("www-authenticate")).toBe('Bearer realm="foyer"');
    const headers = { "WWW-Authenticate": 'Bearer realm="foyer", error="invalid_token"' };
    const own = await call(
      route({ guard: anyone, run: async () => fail(401, "invalid_token", "No longer valid.", { headers }) }),
    );
    expect(own.headers.get("www-authenticate")).toBe(headers["WWW-Authenticate"]);
  });
});

describe("a response", () => {
  it("is uncacheable JSON with the request ID", async () => {
    const answer = await call(route({ guard: anyone, status: 201, run: async () => ({ a: 1 }) }));
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ a: 1 });
    expect(Object.fromEntries(answer.headers)).toEqual({
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      "x-content-type-options": "nosniff",
      "x-request-id": "req_test",
    });
  });

  it("has no body if its status is 204", async () => {
    const answer = await call(route({ guard: anyone, status: 204, run: async () => undefined }));
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect(answer.headers.get("x-request-id")).toBe("req_test");
  });

  it("gets the request ID even if the operation built it", async () => {
    const handler = route({ guard: anyone, run: async () => json({}, { headers: { "Cache-Control": "public" } }) });
    const answer = await call(handler);
    expect(answer.headers.get("cache-control")).toBe("public");
    expect(answer.headers.get("x-request-id")).toBe("req_test");
  });
});

describe("a compressed body", () => {
  const handler = route({ guard: anyone, body: z.object({ a: text(5) }), run: async ({ body }) => body });

  it.each(["gzip", "br", "deflate, gzip"])(
    "is rejected with 415 and Accept-Encoding: %s (RFC 9110 §15.5.16)",
    async (coding) => {
      const answer = await call(handler, {
        body: new Uint8Array(gzipSync('{"a":"b"}')),
        headers: { "content-type": "application/json", "content-encoding": coding },
      });
      expectError(answer, 415, "unsupported_media_type");
      expect(answer.headers.get("accept-encoding")).toBe("identity");
    },
  );

  it("is not one with the coding identity", async () => {
    expect((await call(handler, { body: { a: "b" }, headers: { "content-encoding": "identity" } })).body).toEqual({
      a: "b",
    });
  });
});

it("runs the guard before it reads the body", async () => {
  const order: string[] = [];
  const guard = async () => {
    order.push("guard");
    return fail(403, "forbidden", "You may not do this.");
  };
  expectError(
    await call(route({ guard, body: z.object({ a: text(5) }), run: async () => order.push("run") }), { body: "{" }),
    403,
    "forbidden",
  );
  expect(order).toEqual(["guard"]);
});

it("runs in the context of the request", async () => {
  const handler = route({ guard: anyone, run: async () => requestContext() });
  expect((await call(handler, { ip: "192.0.2.9" })).body).toMatchObject({ requestId: "req_test", ip: "192.0.2.9" });
  expect(requestContext()).toBeUndefined();
});
