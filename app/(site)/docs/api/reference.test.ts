/** The reference pages show everything that the OpenAPI document has. */
import { expect, it } from "vitest";
import { GROUPS } from "@/app/_reference/reference";
import { callFacts } from "@/lib/http/openapi/contract";
import { ERRORS } from "@/lib/http/openapi/errors";
import { findReferenceGroup, listErrorCodes, readReference } from "./reference";

it("has every operation in its group, with its other paths, errors and examples", () => {
  const groups = readReference();
  expect(groups.map(({ slug }) => slug)).toEqual(GROUPS.map(({ slug }) => slug));
  for (const [index, { operations }] of GROUPS.entries()) {
    const calls = groups[index]?.endpoints ?? [];
    expect(calls.map(({ id }) => id).sort()).toEqual(operations.map(({ id }) => id).sort());
    for (const operation of operations) {
      const call = calls.find(({ id }) => id === operation.id);
      expect(call).toMatchObject({ path: operation.path, method: operation.method.toUpperCase() });
      expect([...(call?.also ?? [])].sort()).toEqual([...(operation.also ?? [])].sort());
      const { errors, security } = callFacts(operation);
      expect(call?.errors).toHaveLength(errors.length + (operation.oauthErrors?.length ?? 0));
      expect(call?.security).toEqual(security);
      expect(call?.requests).toHaveLength(Math.max(1, operation.examples?.length ?? 0));
    }
  }
});

it("describes every field that has no nested fields", () => {
  const silent: string[] = [];
  for (const { id, parameters, body, responses } of readReference().flatMap(({ endpoints }) => endpoints)) {
    const lists = [parameters, ...(body?.fields ?? []), ...responses.flatMap(({ fields }) => fields)];
    for (const list of lists)
      for (const { name, description, values } of list) {
        const hasParts = list.some((other) => other.name.startsWith(`${name}.`) || other.name.startsWith(`${name}[]`));
        if (!description && values.length === 0 && !hasParts) silent.push(`${id} ${name}`);
      }
  }
  expect(silent).toEqual([]);
});

it("lists every error code with its status", () => {
  expect(listErrorCodes().map(({ status }) => status)).toEqual(
    Object.values(ERRORS).map(({ status }) => String(status)),
  );
});

it("finds a group by its slug only", () => {
  expect(findReferenceGroup("users")?.name).toBe("Users");
  for (const slug of ["", "Users", "__proto__", "toString"]) expect(findReferenceGroup(slug)).toBeNull();
});
