/** Sends an unknown query parameter and an unknown member to every operation of the API. */
import { beforeAll, describe, expect, it } from "vitest";
import { callFacts } from "@/lib/http/openapi/contract";
import { rejectsUnknown } from "@/lib/http/route";
import type { TestResponse } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { someApp, someEmail, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import { arrange, sendExample } from "@/test/support/reference";
import { GROUPS } from "./reference";

const operations = GROUPS.flatMap((group) => group.operations).filter(({ path }) => rejectsUnknown(path));

/** Providers and mail programs add parameters to these URLs. */
const OPEN_QUERIES = ["openMagicLink", "socialCallback"];

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

function expectUnknown(answer: TestResponse, problem = /^is unknown/): void {
  expectError(answer, 400, "invalid_request");
  expect(answer.body.fields).toEqual({ no_such_name: expect.stringMatching(problem) });
}

describe.each(operations.map((operation) => ({ id: operation.id, operation })))("$id", ({ id, operation }) => {
  const [example = {}] = operation.examples ?? [];

  it.skipIf(OPEN_QUERIES.includes(id))("rejects an unknown query parameter", async () => {
    const given = await arrange(operation, example, app);
    const query = new URLSearchParams({ ...example.query, ...given.query, no_such_name: "1" });
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => given.params?.[name] ?? name);
    const headers = { accept: "application/json", ...given.headers };
    expectUnknown(await sendExample(operation, example, given, { path: `${path}?${query}`, headers }));
  });

  it.skipIf(operation.method === "get")("rejects an unknown member of the body", async () => {
    const given = await arrange(operation, example, app);
    const body = { ...example.body, ...given.body, no_such_name: 1 };
    expectUnknown(await sendExample(operation, example, given, { body }));
  });
});

it("finds operations to test", () => {
  expect(operations.length).toBeGreaterThan(60);
  expect(operations.filter((operation) => callFacts(operation).body).length).toBeGreaterThan(20);
});

describe("the message", () => {
  it.each([
    ["/users", { email: someEmail(), blocked: true }, { blocked: "is unknown. Did you mean disabled?" }],
    ["/users", { emails: "bob@example.com" }, { emails: "is unknown. Did you mean email?", email: "is missing" }],
    ["/users", { email: someEmail(), firstName: "Bob" }, { firstName: "is unknown. Did you mean given_name?" }],
    [
      "/connections",
      { provider: "github", client_id: "x", client_secret: "y", authorize_url: "https://x.example" },
      {
        authorize_url: "is unknown. Did you mean authorization_url?",
      },
    ],
    ["/keys", { name: "x", nothing_like_it: 1 }, { nothing_like_it: "is unknown. The known names are name" }],
  ])("of POST %s %j names the nearest known member", async (path, body, fields) => {
    const answer = await manage(app, "POST", path, { body });
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toEqual(fields);
  });

  it.each([
    [{ return_urls: ["https://blog.example/"] }, { return_urls: "is unknown. Did you mean settings.return_urls?" }],
    [{ settings: { signup: "open" } }, { "settings.signup": "is unknown. Did you mean settings.signups?" }],
    [
      { settings: { branding: { colors: "#1f5c4d" } } },
      {
        "settings.branding.colors": "is unknown. Did you mean settings.branding.color?",
      },
    ],
  ])("of PATCH app %j names a member of another level", async (body, fields) => {
    const answer = await manage(app, "PATCH", "", { body });
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toEqual(fields);
  });

  it("of a list names the parameter that other APIs call differently", async () => {
    const answer = await manage(app, "GET", "/users?per_page=5&Disabled=true");
    expect(answer.body.fields).toEqual({
      per_page: "is unknown. Did you mean limit?",
      Disabled: "is unknown. Did you mean disabled?",
    });
  });

  it("allows any member in metadata", async () => {
    const metadata = { any: { thing: true } };
    const answer = await manage(app, "POST", "/users", { body: { email: someEmail(), metadata } });
    expect(answer.body.metadata).toEqual(metadata);
  });

  it("shortens a long name, and treats __proto__ as any other", async () => {
    const body = JSON.parse(`{"email":"${someEmail()}","__proto__":{"disabled":true},"${"x".repeat(500)}":1}`);
    const answer = await manage(app, "POST", "/users", { body });
    expect(Object.keys(answer.body.fields).sort()).toEqual(["__proto__", "x".repeat(60)]);
  });
});
