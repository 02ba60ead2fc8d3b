/** Nothing that the document says is lost on the way to the page. */
import { expect, it } from "vitest";
import { GROUPS } from "@/app/_reference/reference";
import { callFacts } from "@/lib/http/openapi/contract";
import { ERRORS } from "@/lib/http/openapi/errors";
import { findReferenceGroup, listErrorCodes, readReference } from "./reference";

it("has every call, in its group, with its other paths, its errors and its examples", () => {
  const groups = readReference();
  expect(groups.map(({ slug }) => slug)).toEqual(GROUPS.map(({ slug }) => slug));
  for (const [index, { operations }] of GROUPS.entries()) {
    const calls = groups[index]?.calls ?? [];
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

it("says something about every field that has no parts", () => {
  const silent: string[] = [];
  for (const { id, parameters, body, answers } of readReference().flatMap(({ calls }) => calls)) {
    const lists = [parameters, ...(body?.fields ?? []), ...answers.flatMap(({ fields }) => fields)];
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

it("knows its groups by their place, and nothing else", () => {
  expect(findReferenceGroup("users")?.name).toBe("Users");
  for (const slug of ["", "Users", "__proto__", "toString"]) expect(findReferenceGroup(slug)).toBeNull();
});
