/** The OpenAPI document describes every public endpoint, and no other. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RouteModule } from "@/lib/http/router";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";
import { call } from "@/test/support/call";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { apiDocument, GROUPS } from "./reference";

/** Routes that only browsers use: hosted forms and pages, dashboard files, the documentation. */
const NOT_FOR_CALLERS = [
  // Answers 404.
  /\.well-known\/\[\.\.\.path\]$/,
  /^\/dashboard\//,
  /\/submit$/,
  /^\/o\/.*\/confirm$/,
  /^\/o\/\[app\]\/(account\/start|step-up|bot-check|magic-link\/link)$/,
  // The issuer's own URL, and paths of django-oauth-toolkit.
  /^\/o\/(\[app\]|applications|authorized_tokens)$/,
  /^\/(llms\.txt$|docs\/|\.well-known\/(change-password|security\.txt)$)/,
  /^(\/o\/\[app\])?\/(verify|verify-email|reset|reset-password|change-email|invitation)$/,
];

/** How a route file declares the handler of a method. */
function declarationOf(file: string, method: string): string {
  const [declaration] = new RegExp(`export const ${method}\\b[^=]*= [^;]+;`).exec(readFileSync(file, "utf8")) ?? [];
  if (!declaration) throw new Error(`${file} declares no ${method}`);
  return declaration;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** `GET /o/{app_id}/token`, as OpenAPI writes it. */
async function endpointsOfRoutes(): Promise<string[]> {
  const found: string[] = [];
  for (const { path, file } of listRoutes(`${process.cwd()}/app`)) {
    if (NOT_FOR_CALLERS.some((pattern) => pattern.test(path))) continue;
    const module = (await import(/* @vite-ignore */ file)) as RouteModule;
    const template = path.replace("[app]", "[app_id]").replace(/\[(\w+)\]/g, "{$1}");
    for (const method of METHODS.filter((name) => module[name])) found.push(`${method} ${template}`);
  }
  return found.sort();
}

const paths = Object.entries(apiDocument().paths ?? {});
const operations = paths.flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

describe("the OpenAPI document", () => {
  it("describes every public endpoint and no other (add yours to app/_reference/<group>.ts)", async () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort();
    expect(described).toEqual(await endpointsOfRoutes());
  });

  it("is built from the handlers that are mounted", async () => {
    const files = new Map(listRoutes(`${process.cwd()}/app`).map(({ path, file }) => [path, file]));
    const fileOf = (path: string) =>
      files.get(path.replace(/\{(\w+)\}/g, "[$1]").replace(/\/o\/\[app_id\]/, "/o/[app]")) ?? path;
    for (const { id, path, also = [], method, handler } of GROUPS.flatMap((group) => group.operations)) {
      const name = method.toUpperCase() as "GET";
      const module = (await import(/* @vite-ignore */ fileOf(path))) as RouteModule;
      expect(module[name], id).toBe(handler);
      for (const other of also)
        expect(declarationOf(fileOf(other), name), `${id} at ${other}`).toBe(declarationOf(fileOf(path), name));
    }
  });

  it("has a unique ID, a summary and parameter descriptions for every operation", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    // Summaries are headings and region names on the page, so they must be unique.
    const own = operations.filter(({ operation }) => !("x-same-as" in operation));
    expect(new Set(own.map(({ operation }) => operation.summary)).size).toBe(own.length);
    for (const { operation } of operations) {
      expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(operation.tags).toHaveLength(1);
      for (const parameter of operation.parameters ?? [])
        expect(parameter.description, `${operation.operationId} ${parameter.name}`).toMatch(/\.|`|…/);
    }
  });

  it("describes every field of request bodies and responses", () => {
    const silent: string[] = [];
    const ask = (schema: Record<string, unknown>, at: string) => {
      for (const [name, member] of Object.entries(
        (schema.properties ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        const itself = JSON.stringify(member);
        if (!/"(description|const|\$ref|properties)":/.test(itself)) silent.push(`${at}.${name}`);
        ask(member, `${at}.${name}`);
      }
    };
    for (const [name, schema] of Object.entries(apiDocument().components?.schemas ?? {}))
      ask(schema as Record<string, unknown>, name);
    for (const { operation } of operations)
      for (const media of Object.values(operation.requestBody?.content ?? {}))
        ask((media as { schema: Record<string, unknown> }).schema, `${operation.operationId}`);
    expect(silent.filter((name) => !/\.(data|user|methods|branding|rotated|keys)$/.test(name))).toEqual([]);
  });

  it("documents error pages, large headers and the format of the client's IP address", () => {
    const document = JSON.parse(JSON.stringify(apiDocument()));
    const responses = (path: string, method = "get") => document.paths[path][method].responses;
    for (const [path, method] of [
      ["/api/auth/verify/{app_id}", "get"],
      ["/api/auth/verify/{app_id}", "post"],
      ["/api/auth/{connection}/{app_id}", "get"],
      ["/api/auth/callback/{connection}/{app_id}", "get"],
      ["/o/{app_id}/authorize", "get"],
    ] as const)
      expect(Object.keys(responses(path, method)[400].content), path).toContain("text/html");
    for (const { path, method } of operations)
      expect(responses(path, method)[431]).toEqual({ $ref: "#/components/responses/HeadersTooLarge" });
    const parameters = document.paths["/api/v1/apps/{app_id}/users"].get.parameters as {
      name: string;
      schema: object;
    }[];
    expect(parameters.find(({ name }) => name === "Foyer-Client-IP")?.schema).toMatchObject({
      type: "string",
      anyOf: [{ format: "ipv4" }, { format: "ipv6" }],
    });
  });

  it("contains the target of every reference", () => {
    const text = JSON.stringify(apiDocument());
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, reference]) => reference as string);
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references)) {
      const found = reference
        .split("/")
        .reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], apiDocument());
      expect(found, reference).toBeDefined();
    }
  });
});

it("is served at /api/openapi.json to any origin, with caching", async () => {
  const { GET } = await import("@/app/api/openapi.json/route");
  const answer = await call(GET);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("x-request-id")).toBe("req_test");
  expect(answer.body).toMatchObject({ openapi: "3.1.0", servers: [{ url: TEST_PUBLIC_URL }] });
  expect(answer.body).toEqual(JSON.parse(JSON.stringify(apiDocument())));
});
