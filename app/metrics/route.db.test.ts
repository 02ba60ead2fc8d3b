import { beforeAll, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { hashPassword } from "@/lib/users/password-hashing";
import { type CallOptions, call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someSession, type TestApp } from "@/test/support/factories";
import { POST as login } from "../api/auth/credentials/login/[app_id]/route";
import { GET } from "./route";

const TOKEN = "a-token-that-only-prometheus-knows";
let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const read = (options: CallOptions = {}) => call(GET, { ip: "127.0.0.1", ...options });

/** The value of a metric; 0 while it is not there. */
async function readValue(metric: string): Promise<number> {
  const { body } = await read();
  const line = (body as string).split("\n").find((one) => one.startsWith(`${metric} `));
  return Number(line?.split(" ")[1] ?? 0);
}

describe("200 on this machine", () => {
  it.each(["127.0.0.1", "127.8.9.1", "::1"])("from %s, in Prometheus' text format", async (ip) => {
    const answer = await read({ ip });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    for (const name of [
      "process_cpu_seconds_total",
      "nodejs_eventloop_lag_p99_seconds",
      "foyer_http_request_duration_seconds",
      "foyer_database_connections",
      "foyer_database_waiting",
      "foyer_config_listeners",
      "foyer_password_hashes",
      "foyer_sign_ins_total",
      "foyer_tokens_issued_total",
      "foyer_rejections_total",
    ])
      expect(answer.body).toContain(`# TYPE ${name} `);
  });

  it.each<[string, Record<string, string>]>([
    ["its own name", { host: "localhost:8000" }],
    ["an address in brackets", { host: "[::1]:8000" }],
    ["what `next start` adds", { "x-forwarded-for": "::ffff:127.0.0.1", "x-forwarded-host": "localhost:8000" }],
  ])("with %s", async (_, headers) => expect((await read({ headers })).status).toBe(200));
});

describe("403 from elsewhere while there is no METRICS_TOKEN", () => {
  it.each<[string, CallOptions]>([
    ["another address", { ip: "192.0.2.1" }],
    ["another address of the same network", { ip: "10.0.0.1" }],
    ["a proxy on this machine that forwards another caller", { headers: { "x-forwarded-for": "203.0.113.9" } }],
    ["a proxy that lists us last", { headers: { "x-forwarded-for": "203.0.113.9, 127.0.0.1" } }],
    ["a proxy that says so otherwise", { headers: { forwarded: "for=203.0.113.9" } }],
    ["a proxy that passes the public name on", { headers: { host: "auth.example.com" } }],
    ["a page whose name was pointed at us", { headers: { host: "127.0.0.1.evil.example:8000" } }],
    ["a caller with a wrong token", { ip: "192.0.2.1", bearer: "undefined" }],
  ])("%s", async (_, options) => expectError(await read(options), 403, "this_machine_only"));
});

describe("with METRICS_TOKEN", () => {
  const withToken = async (options: CallOptions) => {
    env().METRICS_TOKEN = TOKEN;
    const answer = await read({ ip: "192.0.2.1", ...options });
    env().METRICS_TOKEN = undefined;
    return answer;
  };

  it("200 from anywhere", async () => expect((await withToken({ bearer: TOKEN })).status).toBe(200));

  it.each([undefined, "", `${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase()])("401 for %j", async (bearer) => {
    const answer = await withToken({ bearer });
    expectError(answer, 401, "unauthorized");
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="foyer"');
  });

  it("401 for an App's API key", async () => expect((await withToken({ bearer: app.apiKey })).status).toBe(401));
});

describe("counts", () => {
  it("sign-ins by method, tokens by grant, rejections by type; and says nothing of whose they are", async () => {
    const names = [
      'foyer_sign_ins_total{method="password"}',
      'foyer_tokens_issued_total{grant="direct"}',
      'foyer_rejections_total{type="user.sign_in_failed"}',
    ];
    const before = await Promise.all(names.map(readValue));
    const { email } = await someSession(app.id);
    const body = { email, password: SOME_PASSWORD };
    await call(login, { params: { app_id: app.id }, bearer: app.apiKey, body });
    await call(login, { params: { app_id: app.id }, bearer: app.apiKey, body: { ...body, password: "wrong one" } });
    const after = await Promise.all(names.map(readValue));
    expect(after.map((value, index) => value - (before[index] ?? 0))).toEqual([2, 2, 1]);
    expect((await read()).body).not.toMatch(/app_|usr_|key_|@|192\.0\.2/);
  });

  it("the passwords that are being hashed, and those that wait", async () => {
    const work = Promise.all(Array.from({ length: 8 }, () => hashPassword("one of many")));
    const [running, waiting] = [
      await readValue('foyer_password_hashes{state="running"}'),
      await readValue('foyer_password_hashes{state="waiting"}'),
    ];
    await work;
    expect(running).toBeGreaterThan(0);
    expect(running + waiting).toBeLessThanOrEqual(8);
    expect(await readValue('foyer_password_hashes{state="running"}')).toBe(0);
  });
});
