/** /metrics of the running server: what the listener notes of each request, and that several workers are one. */
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { childrenOf } from "../test/support/processes";
import { type Server, startServer } from "../test/support/server";
import { createTenant, logIn, newEmail, signUp } from "../test/support/tenant";

/** On a connection of its own, so that any of the workers may get it. */
function ask(server: Server, path: string, method = "GET", headers = {}): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${server.url}${path}`, { agent: false, method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.once("end", () => resolve({ status: answer.statusCode, text }));
    });
    call.once("error", reject).end();
  });
}

/** How often each (method, route, status) was answered. */
async function answered(server: Server): Promise<Record<string, number>> {
  const { status, text } = await ask(server, "/metrics");
  expect(status).toBe(200);
  const counts = text.matchAll(
    /^foyer_http_request_duration_seconds_count\{method="(\w+)",route="([^"]+)",status="(\d+)"\} (\d+)$/gm,
  );
  return Object.fromEntries([...counts].map(([, method, route, code, n]) => [`${method} ${route} ${code}`, Number(n)]));
}

describe("one process", () => {
  it("notes each request by the pattern of its path, and no address that somebody invented", async () => {
    const server = await startServer();
    const tenant = await createTenant(server.environment);
    const email = newEmail();
    await signUp(server, tenant, email);
    await logIn(server, tenant, email);
    await ask(server, `/o/${tenant.app_id}/jwks`, "HEAD");
    for (const path of ["/", "/invented-1", "/invented-2", "/api/invented-3", "/_next/invented-4"])
      await ask(server, path);
    await ask(server, "/api/health/live", "BREW").catch(() => {});
    await ask(server, "/api/health/live", "PROPFIND");

    const counts = await answered(server);
    expect(counts).toMatchObject({
      "POST /api/auth/credentials/signup/[app_id] 201": 1,
      "POST /api/auth/credentials/login/[app_id] 200": 1,
      "HEAD /o/[app]/jwks 200": 1,
      "GET page 200": 1,
      "GET page 404": 2,
      "GET none 404": 1,
      "GET asset 404": 1,
      "other /api/health/live 405": 1,
    });
    expect(JSON.stringify(counts)).not.toMatch(/invented|app_(?!id)/);
    expect((await answered(server))["GET /metrics 200"]).toBe(1);
    await server.stop();
  });

  it("wants METRICS_TOKEN from what a proxy passes on", async () => {
    const server = await startServer({ METRICS_TOKEN: "a-token-of-the-tests", TRUSTED_PROXIES: "127.0.0.1,::1" });
    const forwarded = { "x-forwarded-for": "203.0.113.9" };
    expect((await ask(server, "/metrics", "GET", forwarded)).status).toBe(401);
    const headers = { ...forwarded, authorization: "Bearer a-token-of-the-tests" };
    expect((await ask(server, "/metrics", "GET", headers)).status).toBe(200);
    await server.stop();
  });
});

describe("two workers", () => {
  it("are added up in every answer, whoever gives it", async () => {
    const server = await startServer({ WEB_CONCURRENCY: "2" });
    const [one = 0] = childrenOf(server.child.pid ?? 0);
    await Promise.all(Array.from({ length: 40 }, () => ask(server, "/api/health/live")));
    const name = "GET /api/health/live 200";
    for (let i = 0; i < 4; i++) expect((await answered(server))[name]).toBe(40);

    // One that cannot answer makes it a 503, and not half of the truth.
    process.kill(one, "SIGSTOP");
    // The stopped one may be given one of the two.
    const answers = [1, 2].map(() => ask(server, "/metrics"));
    const first = await Promise.race(answers);
    process.kill(one, "SIGCONT");
    expect(first.status).toBe(503);
    await Promise.all(answers);
    expect(await server.stop()).toBe(0);
  });
});
