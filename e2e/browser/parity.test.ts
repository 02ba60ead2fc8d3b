/**
 * `next start` without server.ts, as on a serverless host, gives the same responses as server.ts.
 * Each route of app/ is called, so that a handler that depends on one of the two fails here.
 */
import { join, relative } from "node:path";
import { build } from "esbuild";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";
import type { TestApp } from "../support/app";
import { expect, test } from "../support/fixtures";
import { newEmail, PASSWORD } from "../support/people";
import { freePort, productionEnvironment, ROOT, runNode, type Server, until } from "../support/server";

const HEADERS = [
  ...["allow", "cache-control", "content-type", "www-authenticate", "retry-after", "location"],
  ...["x-content-type-options", "access-control-allow-origin", "access-control-allow-methods"],
  "access-control-allow-headers",
];

const ROUTES = listRoutes(join(ROOT, "app"));

let next: { url: string };
/** By file: the methods that the route exports. */
let methodsOf: Map<string, string[]>;
test.beforeAll(async ({ server }) => {
  [next, methodsOf] = await Promise.all([startNext(server.environment), listMethods()]);
});

/** Starts Next's own server on the same build, database and public URL. */
async function startNext(environment: Server["environment"]): Promise<{ url: string }> {
  const port = await freePort();
  const bin = join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const { PUBLIC_URL } = environment;
  const program = runNode([bin, "start", "-p", String(port)], {
    ...productionEnvironment(port, environment),
    PUBLIC_URL,
  });
  const url = `http://localhost:${port}`;
  const isUp = () =>
    fetch(`${url}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until("next start serves", isUp).catch((error) => {
    throw new Error(`${error.message}\n${program.output()}`);
  });
  return { url };
}

async function listMethods(): Promise<Map<string, string[]>> {
  const options = { bundle: false, metafile: true, write: false, outdir: "unwritten", logLevel: "silent" } as const;
  const { metafile } = await build({ entryPoints: ROUTES.map(({ file }) => file), format: "esm", ...options });
  return new Map(Object.values(metafile.outputs).map((output) => [output.entryPoint ?? "", output.exports]));
}

/** Replaces what differs from one request to the next. */
function blank(text: string): string {
  return text
    .replace(/\breq_[0-9a-f]{24}\b/g, "req_…")
    .replace(/\bint_[0-9a-z]{26}\b/g, "int_…")
    .replace(/\bpost_[\w-]{43}(?![\w-])/g, "post_…")
    .replace(/"updated_at":\d+/g, '"updated_at":0')
    .replace(/\bin \d+ seconds\b/g, "in … seconds")
    .replace(/"[\w-]{43}"/g, '"kid…"')
    .replace(/"challenge":"[\w-]+"/g, `"challenge":"…"`)
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "jwt…")
    .replace(/\bnonce="[^"]+"/g, "nonce…")
    .replace(/\bfr1-[\w.-]+/g, "refresh…")
    .replace(/\b(usr|ses|key|evt)_[0-9a-z]{26}\b/g, "$1_…")
    .replace(/\bbob-[0-9a-f]{16}@/g, "bob-…@")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "date…");
}

async function factsOf(response: Response) {
  const headers = Object.fromEntries(HEADERS.map((name) => [name, blank(response.headers.get(name) ?? "")]));
  // proxy.ts, which only Next runs, also sets it on responses without a body.
  if (!headers["content-type"]) delete headers["x-content-type-options"];
  headers["retry-after"] = (headers["retry-after"] ?? "").replace(/^\d+$/, "…");
  // Next sorts the methods.
  headers.allow = (headers.allow ?? "").split(", ").sort().join(", ");
  const requestId = /^req_[0-9a-f]{24}$/.test(response.headers.get("x-request-id") ?? "");
  return { status: response.status, headers, requestId, body: blank(await response.text()) };
}

/** Keeps only the shape of bodies that change between the two requests: lists and metrics. */
function outline({ body, ...rest }: Awaited<ReturnType<typeof factsOf>>) {
  const isList = rest.status === 200 && body.startsWith('{"data":[');
  if (isList) return { ...rest, body: Object.keys(JSON.parse(body)) };
  return { ...rest, body: body.startsWith("# HELP") ? body.match(/^# .*$/gm) : body };
}

function pathOf(route: string, app: string): string {
  return route.replace(/\[(\w+)\]/g, (_, name) => (/^app(_id)?$/.test(name) ? app : "usr_00000000000000000000000000"));
}

type Variant = [name: string, init: RequestInit & { app: string }];

/** The requests that each handler must answer, if only with an error. */
function variantsOf(method: string, { id: app, apiKey }: TestApp, guess: boolean): Variant[] {
  const key = { Authorization: `Bearer ${apiKey}` };
  const json = { "Content-Type": "application/json" };
  const withoutBody: Variant[] = [
    ["without credentials", { app }],
    ["with the API key", { app, headers: key }],
    ...(guess
      ? [["with an invalid bearer token", { app, headers: { Authorization: "Bearer eyJ.e30.x" } }] as Variant]
      : []),
    ["for an unknown app", { app: "app_nothing", headers: key }],
  ];
  if (!["POST", "PUT", "PATCH"].includes(method)) return withoutBody;
  return [
    ...withoutBody,
    ["with {}", { app, headers: { ...key, ...json }, body: "{}" }],
    ["with broken JSON", { app, headers: { ...key, ...json }, body: '{"email":' }],
    ["with an array", { app, headers: { ...key, ...json }, body: "[]" }],
    ["with a form", { app, headers: key, body: new URLSearchParams({ email: "x" }) }],
    ["with broken UTF-8", { app, headers: { ...key, ...json }, body: new Uint8Array([0x7b, 0xff, 0x7d]) }],
  ];
}

for (const [index, { path, file }] of ROUTES.entries())
  test(`${path} gives the same responses`, async ({ server, app }) => {
    const exported = methodsOf.get(relative(ROOT, file)) ?? [];
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    const present = methods.filter((method) => exported.includes(method === "HEAD" ? "GET" : method));
    expect(present).not.toEqual([]);
    for (const method of present) {
      // Both servers share the limit of guessed API keys, so not every route gets a guess.
      const guess = !path.startsWith("/api/v1/") || (method === "GET" && index % 2 === 0);
      for (const [name, { app: id, ...init }] of variantsOf(method, app, guess)) {
        const ask = async ({ url }: { url: string }) =>
          outline(await factsOf(await fetch(url + pathOf(path, id), { ...init, method, redirect: "manual" })));
        const fromServer = await ask(server);
        const fromNext = await ask(next);
        expect(fromServer.status, `${method} ${name}`).not.toBe(500);
        expect(fromServer.requestId, `${method} ${name}`).toBe(true);
        // Browsers ignore the request ID of a preflight, and Next answers some itself without one.
        if (method === "OPTIONS") fromNext.requestId = true;
        expect(fromNext, `${method} ${name}`).toEqual(fromServer);
      }
    }
  });

/** One user from sign-up to deletion. → the response to each step */
async function userLife({ url }: { url: string }, app: TestApp) {
  const email = newEmail();
  const responses: Awaited<ReturnType<typeof factsOf>>[] = [];
  const step = async (method: string, path: string, bearer: string, body?: unknown) => {
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${bearer}`, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await response.clone().text();
    responses.push(await factsOf(response));
    return text ? JSON.parse(text) : null;
  };
  const { id, apiKey } = app;
  const signup = `/api/auth/credentials/signup/${id}`;
  const login = `/api/auth/credentials/login/${id}`;
  const { user, token, refresh_token } = await step("POST", signup, apiKey, { email, password: PASSWORD });
  const one = `/api/v1/apps/${id}/users/${user.id}`;

  await step("POST", signup, apiKey, { email: email.toUpperCase(), password: PASSWORD });
  await step("POST", signup, apiKey, { email: "no address", password: "short" });
  await step("POST", signup, apiKey, { email: "x".repeat(70_000), password: PASSWORD });
  await step("POST", `${login}/`, apiKey, { email, password: PASSWORD });
  await step("POST", login, apiKey, { email, password: "wrong password" });
  await step("GET", "/api/me", token);
  await step("POST", `/api/auth/refresh/${id}`, apiKey, { refresh_token });
  await step("GET", one, apiKey);
  await step("PATCH", one, apiKey, { name: "Bob" });
  await step("POST", `/api/auth/logout/${id}`, token);
  await step("GET", "/api/me", token);
  await step("DELETE", one, apiKey);
  await step("GET", one, apiKey);
  return responses;
}

test("a user from sign-up to deletion gets the same responses", async ({ server, app }) => {
  const own = await userLife(server, app);
  expect(own.map(({ status }) => status)).toEqual([
    ...[201, 409, 400, 413, 200, 401],
    ...[200, 200, 200, 200, 204, 401, 204, 404],
  ]);
  expect(await userLife(next, app)).toEqual(own);
});
