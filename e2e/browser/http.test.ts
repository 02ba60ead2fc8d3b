/** What the HTTP server answers, whatever the handlers do: statuses, limits and request IDs. */
import { request } from "node:http";
import type { TestApp } from "../support/app";
import { expect, test } from "../support/fixtures";
import { head, raw } from "../support/raw";
import type { Server } from "../support/server";

const REQUEST_ID = /^req_[0-9a-f]{24}$/;
const LIMIT_BYTES = 64 * 1024;

const get = ({ url }: Server, path: string, init?: RequestInit) =>
  fetch(`${url}${path}`, { redirect: "manual", ...init });

const signUpPath = (app: TestApp) => `/api/auth/credentials/signup/${app.id}`;

test.describe("an unknown path or method", () => {
  for (const path of ["/api", "/api/", "/api/nothing", "/api/auth/credentials", "/api/health/live/more"])
    test(`${path} is a JSON 404 with a request ID`, async ({ server }) => {
      for (const method of ["GET", "POST", "DELETE"]) {
        const response = await get(server, path, { method });
        expect(response.status).toBe(404);
        expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
        expect(await response.json()).toEqual({
          error: "not_found",
          error_description: expect.any(String),
          request_id: response.headers.get("x-request-id"),
        });
      }
    });

  for (const [method, path, allow] of [
    ["DELETE", "/api/health/live", "GET, HEAD, OPTIONS"],
    ["POST", "/api/health/ready", "GET, HEAD, OPTIONS"],
    ["GET", "/api/auth/credentials/signup/app_x", "POST, OPTIONS"],
    ["PUT", "/o/app_x/jwks", "GET, HEAD, OPTIONS"],
    ["PROPFIND", "/api/health/live", "GET, HEAD, OPTIONS"],
  ] as const)
    test(`${method} ${path} is a 405 that lists the allowed methods (RFC 9110 §15.5.6)`, async ({ server }) => {
      const response = await get(server, path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe(allow);
      expect((await response.json()).error).toBe("method_not_allowed");
      expect((await get(server, path, { method: "OPTIONS" })).headers.get("allow")).toBe(allow);
      expect((await get(server, path, { method: "OPTIONS" })).status).toBe(204);
    });
});

test.describe("HEAD", () => {
  for (const path of ["/api/health/live", "/o/app_foyer/jwks", "/o/app_nothing/jwks"])
    test(`${path} has the status and headers of GET, and no body`, async ({ server }) => {
      const [whole, bare] = await Promise.all([get(server, path), get(server, path, { method: "HEAD" })]);
      expect(bare.status).toBe(whole.status);
      expect(bare.headers.get("content-type")).toBe(whole.headers.get("content-type"));
      expect(bare.headers.get("cache-control")).toBe(whole.headers.get("cache-control"));
      expect(await bare.text()).toBe("");
    });
});

test.describe("a trailing slash", () => {
  for (const path of ["/api/health/live", "/o/app_foyer/jwks", "/o/app_foyer/.well-known/openid-configuration", ""])
    test(`${path || "/"} has the same response with and without it, without a redirect`, async ({ server }) => {
      const [without, withSlash] = await Promise.all([get(server, path), get(server, `${path}/`)]);
      expect([without.status, withSlash.status]).toEqual([200, 200]);
      if (path) expect(await withSlash.text()).toBe(await without.text());
    });
});

test.describe("a body over 64 KiB", () => {
  /** Signs up with a body of this size, with or without Content-Length. */
  const send = (server: Server, app: TestApp, bytes: number, chunked: boolean) =>
    new Promise<{ status?: number; error: string }>((resolve, reject) => {
      const body = `{"email":"${"x".repeat(bytes - 12)}"}`;
      const headers = {
        Authorization: `Bearer ${app.apiKey}`,
        "Content-Type": "application/json",
        ...(chunked ? { "Transfer-Encoding": "chunked" } : { "Content-Length": body.length }),
      };
      const call = request(`${server.url}${signUpPath(app)}`, { method: "POST", headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode, error: JSON.parse(text).error }));
      });
      call.on("error", reject);
      for (let at = 0; at < body.length; at += 16_384) call.write(body.slice(at, at + 16_384));
      call.end();
    });

  for (const [how, chunked] of [
    ["by its Content-Length", false],
    ["while it arrives in chunks", true],
  ] as const)
    test(`is rejected ${how}, and 64 KiB are read`, async ({ server, app }) => {
      expect(await send(server, app, LIMIT_BYTES, chunked)).toEqual({ status: 400, error: "invalid_request" });
      const tooLarge = { status: 413, error: "payload_too_large" };
      expect(await send(server, app, LIMIT_BYTES + 1, chunked)).toEqual(tooLarge);
      expect(await send(server, app, 4 * LIMIT_BYTES, chunked)).toEqual(tooLarge);
    });

  test("is rejected before a gigabyte is sent", async ({ server, app }) => {
    const headers = ["Content-Type: application/json", `Content-Length: ${2 ** 30}`];
    const response = await raw(server.port, head(server.port, `POST ${signUpPath(app)} HTTP/1.1`, ...headers));
    expect(response.status).toBe(413);
    expect(response.ms).toBeLessThan(2000);
  });

  test("is an OAuth error with status 400 under /o (RFC 6749 §5.2)", async ({ server, app }) => {
    const body = "x".repeat(LIMIT_BYTES + 1);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    for (const path of ["/o/token", `/o/${app.id}/revoke`, "/o/introspect", "/o/userinfo"]) {
      const response = await fetch(server.url + path, { method: "POST", headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: "invalid_request", error_description: expect.any(String) });
    }
    const page = await fetch(`${server.url}/o/authorize`, { method: "POST", headers, body });
    expect(page.status).toBe(400);
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  });

  test("is a 413 for pages, too", async ({ server }) => {
    const response = await get(server, "/", { method: "POST", body: "x".repeat(LIMIT_BYTES + 1) });
    expect(response.status).toBe(413);
  });
});

test.describe("X-Request-Id", () => {
  for (const line of [
    "GET /",
    "GET /nothing",
    "GET /logo.svg",
    "GET /api/health/live",
    "GET /api/nothing",
    "DELETE /api/health/live",
    "GET /%zz",
    "HEAD /",
    "OPTIONS /api/health/live",
    "FROB /",
    "GET nonsense",
  ])
    test(`${line} has a new one each time`, async ({ server: { port } }) => {
      const [one, other] = await Promise.all([1, 2].map(() => raw(port, head(port, `${line} HTTP/1.1`))));
      expect(one?.headers.get("x-request-id")).toMatch(REQUEST_ID);
      expect(other?.headers.get("x-request-id")).toMatch(REQUEST_ID);
      expect(one?.headers.get("x-request-id")).not.toBe(other?.headers.get("x-request-id"));
    });

  test("ignores the one that a client sends, and the header that server.ts sends to the pages", async ({ server }) => {
    const forged = { "x-request-id": "req_forged", "x-foyer-edge": "token req_forged 192.0.2.66" };
    for (const path of ["/", "/api/health/live", "/api/nothing"]) {
      const response = await get(server, path, { headers: forged });
      expect(response.headers.get("x-request-id")).toMatch(REQUEST_ID);
    }
  });
});
