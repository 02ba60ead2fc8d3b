/** Malformed and slow requests: each is rejected or cut off, and the server keeps working. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "../support/fixtures";
import { head, type RawResponse, raw, sendRaw } from "../support/raw";

const REQUEST_ID = /^req_[0-9a-f]{24}$/;
let slow: Promise<RawResponse>;

test.beforeAll(({ server }) => {
  // Takes its ten seconds while the other tests run.
  slow = raw(server.port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
});

for (const [problem, line] of [
  ["broken percent-encoding", "GET /api/%zz HTTP/1.1"],
  ["broken percent-encoding in the path of a page", "GET /%E0%A4%A HTTP/1.1"],
  ["an unknown method", "FROB / HTTP/1.1"],
  ["no target", "GET HTTP/1.1"],
  ["a target that is not a path", "GET nonsense HTTP/1.1"],
  ["an unknown version of HTTP", "GET / HTTP/3.7"],
] as const)
  test(`${problem} is a 400: ${line}`, async ({ server: { port } }) => {
    const response = await raw(port, head(port, line));
    expect(response.status).toBe(400);
    expect(JSON.parse(response.body)).toEqual({
      error: "invalid_request",
      error_description: expect.any(String),
      request_id: response.headers.get("x-request-id"),
    });
  });

test("more than 16 KiB of headers are a 431", async ({ server: { port } }) => {
  const response = await raw(port, head(port, "GET / HTTP/1.1", `X-Long: ${"x".repeat(20_000)}`));
  expect(response.status).toBe(431);
});

for (const path of ["/api/health/live", "/"])
  test(`an invalid Host is a 400 (RFC 9112 §3.2): ${path}`, async ({ server }) => {
    const lines = [`GET ${path} HTTP/1.1`, "Host: a b/c@d", "Connection: close", "", ""];
    const response = await raw(server.port, lines.join("\r\n"));
    expect(response.status).toBe(400);
    expect(response.headers.get("x-request-id")).toMatch(REQUEST_ID);
  });

test("the host of an absolute target is ignored (RFC 9112 §3.2.2)", async ({ server: { port } }) => {
  for (const path of ["/api/health/live", "/o/app_foyer/jwks?x=1"]) {
    const response = await raw(port, head(port, `GET http://evil.example${path} HTTP/1.1`));
    expect(response.status).toBe(200);
  }
  const documents = ["http://evil.example", ""].map((host) =>
    raw(port, head(port, `GET ${host}/o/app_foyer/.well-known/openid-configuration HTTP/1.1`)),
  );
  const [absolute, plain] = await Promise.all(documents);
  expect(absolute?.body).toBe(plain?.body);
  const page = await raw(port, head(port, "GET http://evil.example/ HTTP/1.1"));
  expect(page.status).toBe(200);
  expect(page.body).not.toContain("evil.example");
});

test("a connection that breaks in the middle of a body is not an error of the server", async ({ server, app }) => {
  const { socket } = sendRaw(
    server.port,
    head(
      server.port,
      `POST /api/auth/credentials/signup/${app.id} HTTP/1.1`,
      `Authorization: Bearer ${app.apiKey}`,
      "Content-Type: application/json",
      "Content-Length: 100",
    ),
  );
  await sleep(100);
  socket.destroy();
  await sleep(100);
  expect((await fetch(`${server.url}/api/health/live`)).status).toBe(200);
  expect(server.output()).not.toContain('"level":"error"');
});

test("no path redirects to another host", async ({ server }) => {
  for (const path of [
    "//evil.example/",
    "/\\evil.example/",
    "/%5Cevil.example/",
    "//evil.example/%2e%2e",
    "/;//evil.example",
  ]) {
    const response = await raw(server.port, head(server.port, `GET ${path} HTTP/1.1`));
    const location = new URL(response.headers.get("location") ?? "/", server.url);
    expect(location.origin).toBe(server.url);
    expect(response.status).toBeLessThan(500);
  }
});

test("a client that never finishes its headers is cut off after ten seconds", async () => {
  const { status, ms } = await slow;
  expect(status).toBe(408);
  expect(ms).toBeGreaterThan(9000);
  expect(ms).toBeLessThan(14_000);
});
