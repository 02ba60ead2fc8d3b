/** What the process answers whatever the handlers are: the contract's statuses, limits, ids. */
import { request } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { raw } from "../test/support/raw";
import { type Server, startServer } from "../test/support/server";
import { createTenant, type Tenant } from "../test/support/tenant";

const REQUEST_ID = /^req_[0-9a-f]{24}$/;
const LIMIT = 64 * 1024;
let server: Server;
let tenant: Tenant;

beforeAll(async () => {
  server = await startServer();
  tenant = await createTenant(server.environment);
});

const signUpPath = () => `/api/auth/credentials/signup/${tenant.app_id}`;
const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, { redirect: "manual", ...init });
const head = (line: string, ...headers: string[]) =>
  [line, `Host: localhost:${server.port}`, "Connection: close", ...headers, "", ""].join("\r\n");

describe("404 and 405", () => {
  it.each(["/api", "/api/", "/api/nothing", "/api/auth/credentials", "/api/health/live/more"])(
    "%s is a JSON 404 in the contract's shape",
    async (path) => {
      for (const method of ["GET", "POST", "DELETE"]) {
        const answer = await get(path, { method });
        expect(answer.status).toBe(404);
        expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
        const body = await answer.json();
        expect(body).toEqual({
          error: "not_found",
          error_description: expect.any(String),
          request_id: answer.headers.get("x-request-id"),
        });
      }
    },
  );

  it.each([
    ["DELETE", "/api/health/live", "GET, HEAD, OPTIONS"],
    ["POST", "/api/health/ready", "GET, HEAD, OPTIONS"],
    ["GET", "/api/auth/credentials/signup/app_x", "POST, OPTIONS"],
    ["PUT", "/o/app_x/jwks", "GET, HEAD, OPTIONS"],
    ["PROPFIND", "/api/health/live", "GET, HEAD, OPTIONS"],
  ])("%s %s is a 405 that names what is allowed (RFC 9110 §15.5.6)", async (method, path, allow) => {
    const answer = await get(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe(allow);
    expect((await answer.json()).error).toBe("method_not_allowed");
    expect((await get(path, { method: "OPTIONS" })).headers.get("allow")).toBe(allow);
    expect((await get(path, { method: "OPTIONS" })).status).toBe(204);
  });
});

describe("HEAD", () => {
  it.each(["/api/health/live", "/o/app_foyer/jwks", "/o/app_nothing/jwks"])(
    "%s answers as GET does, without the body",
    async (path) => {
      const [whole, bare] = await Promise.all([get(path), get(path, { method: "HEAD" })]);
      expect(bare.status).toBe(whole.status);
      expect(bare.headers.get("content-type")).toBe(whole.headers.get("content-type"));
      expect(bare.headers.get("cache-control")).toBe(whole.headers.get("cache-control"));
      expect(await bare.text()).toBe("");
    },
  );
});

describe("both spellings of a path", () => {
  it.each(["/api/health/live", "/o/app_foyer/jwks", "/o/app_foyer/.well-known/openid-configuration", ""])(
    "%s is answered with and without a trailing slash, without a redirect",
    async (path) => {
      const [one, other] = await Promise.all([get(path), get(`${path}/`)]);
      expect([one.status, other.status]).toEqual([200, 200]);
      if (path) expect(await other.text()).toBe(await one.text());
    },
  );
});

describe("413", () => {
  /** → the status of a sign-up with a body of this size, sent with or without saying how long it is. */
  const send = (bytes: number, chunked: boolean) =>
    new Promise<{ status?: number; error: string }>((resolve, reject) => {
      const body = `{"email":"${"x".repeat(bytes - 12)}"}`;
      const headers = {
        Authorization: `Bearer ${tenant.api_key}`,
        "Content-Type": "application/json",
        ...(chunked ? { "Transfer-Encoding": "chunked" } : { "Content-Length": body.length }),
      };
      const call = request(`${server.url}${signUpPath()}`, { method: "POST", headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode, error: JSON.parse(text).error }));
      });
      call.on("error", reject);
      for (let at = 0; at < body.length; at += 16_384) call.write(body.slice(at, at + 16_384));
      call.end();
    });

  it.each([
    ["by its Content-Length", false],
    ["as it streams in", true],
  ])("a body over 64 KiB is refused %s, one of 64 KiB is read", async (_how, chunked) => {
    expect(await send(LIMIT, chunked)).toEqual({ status: 400, error: "invalid_request" });
    expect(await send(LIMIT + 1, chunked)).toEqual({ status: 413, error: "payload_too_large" });
    expect(await send(4 * LIMIT, chunked)).toEqual({ status: 413, error: "payload_too_large" });
  });

  it("is answered before a body of a gigabyte is sent", async () => {
    const answer = await raw(
      server.port,
      head(`POST ${signUpPath()} HTTP/1.1`, "Content-Type: application/json", `Content-Length: ${2 ** 30}`),
    );
    expect(answer.status).toBe(413);
    expect(answer.ms).toBeLessThan(2000);
  });

  it("is a 400 in the words of OAuth under /o, as RFC 6749 knows no other", async () => {
    const body = "x".repeat(LIMIT + 1);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    for (const path of ["/o/token", `/o/${tenant.app_id}/revoke`, "/o/introspect", "/o/userinfo"]) {
      const answer = await fetch(server.url + path, { method: "POST", headers, body });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({ error: "invalid_request", error_description: expect.any(String) });
    }
    const page = await fetch(`${server.url}/o/authorize`, { method: "POST", headers, body });
    expect(page.status).toBe(400);
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  });

  it("holds for pages too", async () => {
    const answer = await get("/", { method: "POST", body: "x".repeat(LIMIT + 1) });
    expect(answer.status).toBe(413);
  });
});

describe("X-Request-Id", () => {
  it.each([
    "GET /",
    "GET /nothing",
    "GET /icon.svg",
    "GET /api/health/live",
    "GET /api/nothing",
    "DELETE /api/health/live",
    "GET /%zz",
    "HEAD /",
    "OPTIONS /api/health/live",
    "FROB /",
    "GET nonsense",
  ])("%s has one of its own", async (line) => {
    const [one, other] = await Promise.all([1, 2].map(() => raw(server.port, head(`${line} HTTP/1.1`))));
    expect(one?.headers.get("x-request-id")).toMatch(REQUEST_ID);
    expect(other?.headers.get("x-request-id")).toMatch(REQUEST_ID);
    expect(one?.headers.get("x-request-id")).not.toBe(other?.headers.get("x-request-id"));
  });

  it("is not the caller's to choose, nor what server.ts tells the pages", async () => {
    const forged = { "x-request-id": "req_forged", "x-foyer-edge": "token req_forged 192.0.2.66" };
    for (const path of ["/", "/api/health/live", "/api/nothing"]) {
      expect((await get(path, { headers: forged })).headers.get("x-request-id")).toMatch(REQUEST_ID);
    }
  });
});
