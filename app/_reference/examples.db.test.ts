/** Sends every documented example to its handler and compares the response. */
import { beforeAll, describe, expect, it } from "vitest";
import { DOCUMENT, type Media, responseSchemaPath, schemaErrors } from "@/test/support/api-document";
import { someApp, type TestApp } from "@/test/support/factories";
import { ARRANGE, arrange, sendExample } from "@/test/support/reference";
import { GROUPS } from "./reference";

const operations = GROUPS.flatMap((group) => group.operations);

/** Free-form fields. */
const FREE = ["metadata", "public_metadata", "explanation"];

/** The fields that the example has and the real response lacks. */
function missing(example: unknown, real: unknown, at = ""): string[] {
  if (example === null || typeof example !== "object" || real === null) return [];
  if (Array.isArray(example)) {
    const [shown, found] = [example[0], (real as unknown[])[0]];
    if (found === undefined) return at === ".data" ? [`${at} is empty`] : [];
    return missing(shown, found, `${at}[]`);
  }
  return Object.entries(example).flatMap(([name, value]) => {
    if (!Object.hasOwn(real as object, name)) return [`${at}.${name}`];
    return FREE.includes(name) ? [] : missing(value, (real as Record<string, unknown>)[name], `${at}.${name}`);
  });
}

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const cases = operations.flatMap((operation) =>
  (operation.examples ?? [{}]).map((example) => ({
    operation,
    example,
    name: `${operation.id} ${example.title ?? ""}`,
  })),
);

it("has an arrangement for every operation", () =>
  expect(Object.keys(ARRANGE).sort()).toEqual(operations.map(({ id }) => id).sort()));

describe.each(cases)("$name", ({ operation, example }) => {
  it("returns the documented response", async () => {
    const given = await arrange(operation, example, app);
    const answer = await sendExample(operation, example, given);
    const seen = JSON.stringify(answer.body);
    const [expected] = operation.answers;
    expect(answer.status, seen).toBe(expected?.status);
    const documented = DOCUMENT.paths[operation.path]?.[operation.method]?.responses[answer.status];
    for (const name of Object.keys(documented?.headers ?? {})) expect(answer.headers.has(name), name).toBe(true);

    const type = expected?.schema ? (expected.mediaType ?? "application/json") : null;
    if (type === null) return expect(answer.body).toBe("");
    expect(answer.headers.get("content-type")).toContain(type);
    expect(schemaErrors(responseSchemaPath(operation, answer.status, type), answer.body), seen).toBeNull();
    if (type === "application/json") expect(missing(documented?.content?.[type]?.example, answer.body)).toEqual([]);
  });
});

function* documentedMedia(): Generator<[at: string[], media: Media]> {
  for (const [path, item] of Object.entries(DOCUMENT.paths))
    for (const [method, { requestBody, responses }] of Object.entries(item)) {
      for (const [type, media] of Object.entries(requestBody?.content ?? {}))
        yield [["paths", path, method, "requestBody", "content", type], media];
      for (const [status, { content }] of Object.entries(responses))
        for (const [type, media] of Object.entries(content ?? {}))
          yield [["paths", path, method, "responses", status, "content", type], media];
    }
}

function examplesOf({ example, examples = {} }: Media): unknown[] {
  const named = Object.values(examples).map(({ value, $ref }) =>
    $ref ? DOCUMENT.components.examples[$ref.split("/").at(-1) ?? ""]?.value : value,
  );
  return [example, ...named].filter((value) => value !== undefined);
}

it("has only examples that match their schemas", () => {
  let checked = 0;
  for (const [at, media] of documentedMedia())
    for (const value of examplesOf(media)) {
      expect(schemaErrors([...at, "schema"], value), `${at.join(" ")} ${JSON.stringify(value)}`).toBeNull();
      checked++;
    }
  expect(checked).toBeGreaterThan(300);
});
