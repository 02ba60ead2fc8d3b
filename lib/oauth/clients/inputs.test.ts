/** Defaults of a client for omitted metadata (RFC 7591 §2, RFC 8252 §7.1). */
import { expect, it } from "vitest";
import { clientProblems, withDefaults } from "./inputs";

it.each([
  ["native", { public: true, redirect_uris: ["com.example.app:/cb"] }],
  ["native", { public: true, redirect_uris: ["https://app.example/cb", "com.example.app:/cb"] }],
  ["web", { public: true, redirect_uris: ["https://app.example/cb"] }],
  ["web", { redirect_uris: ["com.example.app:/cb"] }],
  ["web", { public: true, application_type: "web" as const, redirect_uris: ["com.example.app:/cb"] }],
])("a client is a %s application for the input %j", (expected, input) => {
  const client = withDefaults({ client_name: "Photos", ...input });
  expect(client.application_type).toBe(expected);
  const foreign = expected === "web" && client.redirect_uris[0]?.startsWith("com.");
  expect(Object.keys(clientProblems(client))).toEqual(foreign ? ["redirect_uris.0"] : []);
});
