/** Clients that misbehave: each gets a plain answer or is cut off, and the server stays well. */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type RawAnswer, raw, sendRaw } from "../test/support/raw";
import { type Server, startServer } from "../test/support/server";
import { createTenant, type Tenant } from "../test/support/tenant";

const REQUEST_ID = /^req_[0-9a-f]{24}$/;
let server: Server;
let tenant: Tenant;
let slow: Promise<RawAnswer>;

beforeAll(async () => {
  server = await startServer();
  // Takes its ten seconds while the others run.
  slow = raw(server.port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  tenant = await createTenant(server.environment);
});

const head = (line: string, ...headers: string[]) =>
  [line, `Host: localhost:${server.port}`, "Connection: close", ...headers, "", ""].join("\r\n");

describe("requests that are not right", () => {
  it.each([
    ["a broken percent-encoding", "GET /api/%zz HTTP/1.1", 400],
    ["a broken percent-encoding of a page", "GET /%E0%A4%A HTTP/1.1", 400],
    ["no method that HTTP knows", "FROB / HTTP/1.1", 400],
    ["no target", "GET HTTP/1.1", 400],
    ["a target that is no path", "GET nonsense HTTP/1.1", 400],
    ["another protocol", "GET / HTTP/3.7", 400],
  ])("%s: %s → %i", async (_case, line, status) => {
    const answer = await raw(server.port, head(line));
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({
      error: "invalid_request",
      error_description: expect.any(String),
      request_id: answer.headers.get("x-request-id"),
    });
  });

  it("headers of more than 16 KiB are a 431", async () => {
    const answer = await raw(server.port, head("GET / HTTP/1.1", `X-Long: ${"x".repeat(20_000)}`));
    expect(answer.status).toBe(431);
  });

  it.each(["/api/health/live", "/"])("a Host that is none is a 400: %s", async (path) => {
    const lines = [`GET ${path} HTTP/1.1`, "Host: a b/c@d", "Connection: close", "", ""];
    const answer = await raw(server.port, lines.join("\r\n"));
    expect(answer.status).toBe(400); // RFC 9112 §3.2
    expect(answer.headers.get("x-request-id")).toMatch(REQUEST_ID);
  });

  it("an absolute target counts by its path, whatever host it names (RFC 9112 §3.2.2)", async () => {
    for (const path of ["/api/health/live", "/o/app_foyer/jwks?x=1"]) {
      const answer = await raw(server.port, head(`GET http://evil.example${path} HTTP/1.1`));
      expect(answer.status).toBe(200);
    }
    const documents = ["http://evil.example", ""].map((host) =>
      raw(server.port, head(`GET ${host}/o/app_foyer/.well-known/openid-configuration HTTP/1.1`)),
    );
    const [absolute, plain] = await Promise.all(documents);
    expect(absolute?.body).toBe(plain?.body);
    const page = await raw(server.port, head("GET http://evil.example/ HTTP/1.1"));
    expect(page.status).toBe(200);
    expect(page.body).not.toContain("evil.example");
  });

  it("a connection that broke in the middle of a body leaves the server well", async () => {
    const { socket } = sendRaw(
      server.port,
      head(
        `POST /api/auth/credentials/signup/${tenant.app_id} HTTP/1.1`,
        `Authorization: Bearer ${tenant.api_key}`,
        "Content-Type: application/json",
        "Content-Length: 100",
      ),
    );
    await sleep(100);
    socket.destroy();
    await sleep(100);
    expect((await fetch(`${server.url}/api/health/live`)).status).toBe(200);
    // Nobody's mistake but the network's: not an error of ours in the log.
    expect(server.output()).not.toContain('"level":"error"');
  });

  it("no address leads to another host", async () => {
    for (const path of [
      "//evil.example/",
      "/\\evil.example/",
      "/%5Cevil.example/",
      "//evil.example/%2e%2e",
      "/;//evil.example",
    ]) {
      const answer = await raw(server.port, head(`GET ${path} HTTP/1.1`));
      const location = new URL(answer.headers.get("location") ?? "/", server.url);
      expect(location.origin).toBe(server.url);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it("a client that sends its headers for ever is cut off after ten seconds", async () => {
    const { status, ms } = await slow;
    expect(status).toBe(408);
    expect(ms).toBeGreaterThan(9000);
    expect(ms).toBeLessThan(14_000);
  }, 20_000);
});
