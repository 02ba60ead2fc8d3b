/**
 * `next start` alone, as on a serverless host, gives the handlers' answers that server.ts gives. Every route of app/ is asked, so a
 * handler that leans on one of the two shows up here.
 */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RouteModule } from "@/lib/http/router";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";
import {
  freePort,
  productionEnvironment,
  ROOT,
  runNode,
  type Server,
  startServer,
  until,
} from "../test/support/server";
import { createTenant, newEmail, PASSWORD, type Tenant } from "../test/support/tenant";

const HEADERS = [
  ...[
    "allow",
    "cache-control",
    "content-type",
    "www-authenticate",
    "retry-after",
    "location",
    "x-content-type-options",
  ],
  ...["access-control-allow-origin", "access-control-allow-methods", "access-control-allow-headers"],
];

let own: Server;
let alone: { url: string };
let tenant: Tenant;

/** Next's own server, on the same build, database and public address. */
async function startNextAlone(environment: Server["environment"]): Promise<{ url: string }> {
  const port = await freePort();
  const next = join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const { PUBLIC_URL } = environment;
  const program = runNode([next, "start", "-p", String(port)], {
    ...productionEnvironment(port, environment),
    PUBLIC_URL,
  });
  const url = `http://localhost:${port}`;
  await until("next start serves", () =>
    fetch(`${url}/api/health/live`).then(
      (answer) => answer.ok,
      () => false,
    ),
  ).catch((error) => {
    throw new Error(`${error.message}\n${program.output()}`);
  });
  return { url };
}

beforeAll(async () => {
  own = await startServer();
  [alone, tenant] = await Promise.all([startNextAlone(own.environment), createTenant(own.environment)]);
});

/** What differs from one request to the next, blanked. */
function blank(text: string): string {
  return text
    .replace(/\breq_([0-9a-f]{24}|[0-9a-z]{26})\b/g, "req_…")
    .replace(/"updated_at":\d+/g, '"updated_at":0')
    .replace(/\bin \d+ seconds\b/g, "in … seconds")
    .replace(/"[\w-]{43}"/g, '"kid…"')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "jwt…")
    .replace(/\bnonce="[^"]+"/g, "nonce…")
    .replace(/\bfr1-[\w.-]+/g, "refresh…")
    .replace(/\b(usr|ses|key|evt)_[0-9a-z]{26}\b/g, "$1_…")
    .replace(/\bbob-[0-9a-f]{16}@/g, "bob-…@")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "date…");
}

async function facts(answer: Response) {
  const headers = Object.fromEntries(HEADERS.map((name) => [name, blank(answer.headers.get(name) ?? "")]));
  // proxy.ts, which only Next runs, gives it to what has no body too.
  if (!headers["content-type"]) delete headers["x-content-type-options"];
  // A set, which Next sorts and we do not.
  headers["retry-after"] = (headers["retry-after"] ?? "").replace(/^\d+$/, "…");
  headers.allow = (headers.allow ?? "").split(", ").sort().join(", ");
  const requestId = /^req_[0-9a-f]{24}$/.test(answer.headers.get("x-request-id") ?? "");
  return { status: answer.status, headers, requestId, body: blank(await answer.text()) };
}

/** Of a list only what it is: a request may itself add to it before the other server is asked. */
function outline({ body, ...rest }: Awaited<ReturnType<typeof facts>>) {
  const isList = rest.status === 200 && body.startsWith('{"data":[');
  if (isList) return { ...rest, body: Object.keys(JSON.parse(body)) };
  // Of the metrics only which there are: both have a life of their own.
  return { ...rest, body: body.startsWith("# HELP") ? body.match(/^# .*$/gm) : body };
}

function pathOf(route: string, app: string): string {
  return route.replace(/\[(\w+)\]/g, (_, name) => (/^app(_id)?$/.test(name) ? app : "usr_00000000000000000000000000"));
}

/** What is sent to every handler, each of which must answer it, be it with an error. */
function variants(method: string, app: string): [string, RequestInit & { app: string }][] {
  const key = { Authorization: `Bearer ${tenant.api_key}` };
  const json = { "Content-Type": "application/json" };
  const asIs: [string, RequestInit & { app: string }][] = [
    ["as it is", { app }],
    ["with the API key", { app, headers: key }],
    ["with a Bearer token that is none", { app, headers: { Authorization: "Bearer eyJ.e30.x" } }],
    ["at an App that does not exist", { app: "app_nothing", headers: key }],
  ];
  if (!["POST", "PUT", "PATCH"].includes(method)) return asIs;
  return [
    ...asIs,
    ["with {}", { app, headers: { ...key, ...json }, body: "{}" }],
    ["with broken JSON", { app, headers: { ...key, ...json }, body: '{"email":' }],
    ["with an array", { app, headers: { ...key, ...json }, body: "[]" }],
    ["with a form", { app, headers: key, body: new URLSearchParams({ email: "x" }) }],
    ["with broken UTF-8", { app, headers: { ...key, ...json }, body: new Uint8Array([0x7b, 0xff, 0x7d]) }],
  ];
}

describe.each(listRoutes(join(ROOT, "app")))("$path", ({ path, file }) => {
  it("answers the same", async () => {
    const module = (await import(file)) as RouteModule;
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
    const present = methods.filter((method) => module[method] || (method === "HEAD" && module.GET));
    for (const method of present) {
      for (const [name, { app, ...init }] of variants(method, tenant.app_id)) {
        const ask = async ({ url }: { url: string }) =>
          outline(await facts(await fetch(url + pathOf(path, app), { ...init, method, redirect: "manual" })));
        const mounted = await ask(own);
        const next = await ask(alone);
        expect(mounted.status, `${method} ${name}`).not.toBe(500);
        expect(mounted.requestId, `${method} ${name}`).toBe(true);
        // A browser's preflight reads no id, and Next's own answer has none.
        if (method === "OPTIONS") next.requestId = true;
        expect(next, `${method} ${name}`).toEqual(mounted);
      }
    }
  });
});

/** One user from sign-up to deletion; → what each step was answered. */
async function live(server: { url: string }) {
  const email = newEmail();
  const answers: Awaited<ReturnType<typeof facts>>[] = [];
  const step = async (method: string, path: string, bearer: string, body?: unknown) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: { Authorization: `Bearer ${bearer}`, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.clone().text();
    answers.push(await facts(answer));
    return text ? JSON.parse(text) : null;
  };
  const { app_id, api_key } = tenant;
  const [signup, login] = ["signup", "login"].map((verb) => `/api/auth/credentials/${verb}/${app_id}`) as [
    string,
    string,
  ];
  const { user, token, refresh_token } = await step("POST", signup, api_key, { email, password: PASSWORD });
  const one = `/api/v1/apps/${app_id}/users/${user.id}`;

  await step("POST", signup, api_key, { email: email.toUpperCase(), password: PASSWORD });
  await step("POST", signup, api_key, { email: "no address", password: "short" });
  await step("POST", signup, api_key, { email: "x".repeat(70_000), password: PASSWORD });
  await step("POST", `${login}/`, api_key, { email, password: PASSWORD });
  await step("POST", login, api_key, { email, password: "wrong password" });
  await step("GET", "/api/me", token);
  await step("POST", `/api/auth/refresh/${app_id}`, api_key, { refresh_token });
  await step("GET", one, api_key);
  await step("PATCH", one, api_key, { name: "Bob" });
  await step("POST", `/api/auth/logout/${app_id}`, token);
  await step("GET", "/api/me", token);
  await step("DELETE", one, api_key);
  await step("GET", one, api_key);
  return answers;
}

it("a user's life is the same", async () => {
  const mounted = await live(own);
  expect(mounted.map(({ status }) => status)).toEqual([
    ...[201, 409, 400, 413, 200, 401],
    ...[200, 200, 200, 200, 204, 401, 204, 404],
  ]);
  expect(await live(alone)).toEqual(mounted);
});
