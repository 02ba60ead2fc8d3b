/** Provokes every documented error and checks its status, code and shape. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { callFacts } from "@/lib/http/openapi/contract";
import { ERRORS, OAUTH_ERRORS } from "@/lib/http/openapi/errors";
import { responseSchemaPath, schemaErrors } from "@/test/support/api-document";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { expectOAuthError } from "@/test/support/oauth";
import { provoke } from "@/test/support/reference-errors";
import { GROUPS } from "./reference";

const operations = GROUPS.flatMap((group) => group.operations);

/** absent-database.test.ts tests this one. */
const ABSENT = "temporarily_unavailable";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
});

const refused = operations.map((operation) => ({
  id: operation.id,
  operation,
  own: callFacts(operation).errors.filter((name) => name !== ABSENT),
  oauth: (operation.oauthErrors ?? []).filter((name) => name !== ABSENT),
}));

describe.each(refused.filter(({ own, oauth }) => own.length + oauth.length > 0))("$id", ({ operation, own, oauth }) => {
  const [example = {}] = operation.examples ?? [];

  it.each(own)("%s", async (name) => {
    const answer = await provoke({ operation, example, app, otherApp }, name);
    const facts: { status: number; code?: string } = ERRORS[name];
    expectError(answer, facts.status, facts.code ?? name);
    expect(schemaErrors(responseSchemaPath(operation, answer.status, "application/json"), answer.body)).toBeNull();
  });

  it.each(oauth)("%s (RFC 6749 §5.2)", async (name) => {
    const answer = await provoke({ operation, example, app, otherApp }, `oauth.${name}`);
    const facts: { status: number; code?: string } = OAUTH_ERRORS[name];
    expectOAuthError(answer, facts.status, facts.code ?? name);
    expect(schemaErrors(responseSchemaPath(operation, answer.status, "application/json"), answer.body)).toBeNull();
  });
});

it("are missing only for hosted pages and for endpoints without input", () => {
  const ids = refused.filter(({ own, oauth }) => own.length + oauth.length === 0).map(({ id }) => id);
  expect(ids).toEqual(["authorize", "authorizeByPost", "logout", "logoutByPost", "live", "ready", "openapi"]);
});

describe("the error catalog", () => {
  it("has no error that no operation returns", () => {
    const used = new Set(operations.flatMap((operation) => callFacts(operation).errors));
    expect(Object.keys(ERRORS).filter((name) => !used.has(name as keyof typeof ERRORS))).toEqual([]);
    const oauth = new Set(operations.flatMap(({ oauthErrors = [] }) => oauthErrors));
    expect(Object.keys(OAUTH_ERRORS).filter((name) => !oauth.has(name as keyof typeof OAUTH_ERRORS))).toEqual([]);
  });

  /** Errors of the listener, the hosted forms, the dashboard or the CLI. */
  const ELSEWHERE = new Set([
    "bot_check_failed",
    "foreign_origin",
    "reserved_app",
    "role_too_low",
    "last_owner",
    "member_exists",
    "invalid_invitation",
    "another_address",
    "last_secret",
    "interaction_ended",
    "already_fixed",
    "nothing_to_fix",
    "publisher_checked",
    "publisher_not_verified",
    "invalid_invitation",
    "another_address",
    "identity_taken",
    "signed_out_meanwhile",
    "verified_already",
  ]);

  it("has every error code that lib returns", () => {
    const known = new Set(
      Object.entries(ERRORS).map(([name, { status, ...facts }]) => `${status} ${"code" in facts ? facts.code : name}`),
    );
    const files = readdirSync("lib", { recursive: true, withFileTypes: true }).filter(({ name }) =>
      /(?<!\.test)\.ts$/.test(name),
    );
    const unknown = files.flatMap(({ parentPath, name }) => {
      const said = readFileSync(join(parentPath, name), "utf8").matchAll(/\bfail\(\s*(\d{3}),\s*"(\w+)"/g);
      return [...said]
        .filter(([, status, code]) => !known.has(`${status} ${code}`) && !ELSEWHERE.has(code ?? ""))
        .map(([, status, code]) => `${status} ${code} in ${name}`);
    });
    expect(unknown, "add it to lib/http/openapi/errors.ts and to the operations that may answer it").toEqual([]);
  });
});
