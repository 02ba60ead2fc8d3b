/** /metrics of a running server: what it counts of each request, and the sum over several workers. */
import { request } from "node:http";
import { logIn, signUp } from "../support/app";
import { createAppByCli } from "../support/cli";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { childrenOf } from "../support/processes";
import { type Server, startServer } from "../support/server";

/** Sends a request on a new connection, so that any worker may get it. */
function ask(server: Server, path: string, method = "GET", headers = {}): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${server.url}${path}`, { agent: false, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.once("end", () => resolve({ status: response.statusCode, text }));
    });
    call.once("error", reject).end();
  });
}

/** The number of requests by "method route status". */
async function readCounts(server: Server): Promise<Record<string, number>> {
  const { status, text } = await ask(server, "/metrics");
  expect(status).toBe(200);
  const counts = text.matchAll(
    /^foyer_http_request_duration_seconds_count\{method="(\w+)",route="([^"]+)",status="(\d+)"\} (\d+)$/gm,
  );
  return Object.fromEntries([...counts].map(([, method, route, code, n]) => [`${method} ${route} ${code}`, Number(n)]));
}

test.describe("one process", () => {
  test("counts each request under the pattern of its path, and never under an unknown path", async () => {
    const server = await startServer();
    const app = await createAppByCli(server.environment);
    const email = newEmail();
    await signUp(app, email);
    await logIn(app, email);
    await ask(server, `/o/${app.id}/jwks`, "HEAD");
    for (const path of ["/", "/invented-1", "/invented-2", "/api/invented-3", "/_next/invented-4"])
      await ask(server, path);
    await ask(server, "/api/health/live", "BREW").catch(() => {});
    await ask(server, "/api/health/live", "PROPFIND");

    const counts = await readCounts(server);
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
    expect((await readCounts(server))["GET /metrics 200"]).toBe(1);
    await server.stop();
  });

  test("requires METRICS_TOKEN of requests that a proxy forwards", async () => {
    const server = await startServer({ METRICS_TOKEN: "a-token-of-the-tests", TRUSTED_PROXIES: "127.0.0.1,::1" });
    const forwarded = { "x-forwarded-for": "203.0.113.9" };
    expect((await ask(server, "/metrics", "GET", forwarded)).status).toBe(401);
    const headers = { ...forwarded, authorization: "Bearer a-token-of-the-tests" };
    expect((await ask(server, "/metrics", "GET", headers)).status).toBe(200);
    await server.stop();
  });
});

test("two workers report their sum, and 503 while one of them does not answer", async () => {
  const server = await startServer({ WEB_CONCURRENCY: "2" });
  const [one = 0] = childrenOf(server.child.pid ?? 0);
  await Promise.all(Array.from({ length: 40 }, () => ask(server, "/api/health/live")));
  for (let i = 0; i < 4; i++) expect((await readCounts(server))["GET /api/health/live 200"]).toBe(40);

  process.kill(one, "SIGSTOP");
  // The stopped worker may get one of the two.
  const responses = [1, 2].map(() => ask(server, "/metrics"));
  const first = await Promise.race(responses);
  process.kill(one, "SIGCONT");
  expect(first.status).toBe(503);
  await Promise.all(responses);
  expect(await server.stop()).toBe(0);
});
