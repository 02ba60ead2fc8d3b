/** Without a database, every endpoint that needs it responds with 503 and Retry-After. */
import { beforeAll, expect, it } from "vitest";
import { newSecretToken } from "@/lib/crypto/secret-token";
import { callFacts } from "@/lib/http/openapi/contract";
import type { Operation } from "@/lib/http/openapi/operation";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { responseSchemaPath, schemaErrors } from "@/test/support/api-document";
import { expectError } from "@/test/support/credentials";
import { setTestEnvironment, TEST_PUBLIC_URL } from "@/test/support/environment";
import { expectOAuthError } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";
import { sendExample } from "@/test/support/reference";
import { GROUPS } from "./reference";

beforeAll(() => {
  // No server listens on this port.
  setTestEnvironment("postgresql://user:password@127.0.0.1:1/database");
  forgetState("env", "pool", "prisma");
});

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** A token whose issuer is an App, so that Foyer has to look up the App. */
const TOKEN = `${encoded({ alg: "ES256", kid: "k" })}.${encoded({ iss: `${TEST_PUBLIC_URL}/o/${SOME_ID.app}` })}.c2ln`;

function send(operation: Operation) {
  const app = { id: SOME_ID.app, apiKey: newSecretToken("foyer_sk", SOME_ID.app), issuer: "", ownerId: "" };
  const given = { app, bearer: callFacts(operation).security[0] === "userToken" ? TOKEN : undefined };
  const params = { app_id: app.id, app: app.id, user_id: SOME_ID.user, client_id: SOME_ID.client };
  return sendExample(operation, operation.examples?.[0] ?? {}, { ...given, params });
}

const operations = GROUPS.flatMap((group) => group.operations);
const needsDatabase = (operation: Operation) =>
  callFacts(operation).errors.includes("temporarily_unavailable") ||
  operation.oauthErrors?.includes("temporarily_unavailable");

const affected = operations.filter(needsDatabase).map((operation) => ({ id: operation.id, operation }));

it.each(affected)("$id responds with 503", async ({ operation }) => {
  const answer = await send(operation);
  if (operation.oauthErrors) expectOAuthError(answer, 503, "temporarily_unavailable");
  else expectError(answer, 503, "temporarily_unavailable");
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(schemaErrors(responseSchemaPath(operation, 503, "application/json"), answer.body)).toBeNull();
});

it("is not needed by the hosted pages and the endpoints about the process", () => {
  const without = operations.filter((operation) => !needsDatabase(operation)).map(({ id }) => id);
  expect(without).toEqual(["authorize", "authorizeByPost", "logout", "logoutByPost", "live", "metrics", "openapi"]);
});
