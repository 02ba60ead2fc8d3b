import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { scopesCreate, scopesList } from "@/cli/commands/scopes";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { OPERATOR } from "@/test/support/oauth";
import { createScope, listScopes, parseScope, STANDARD_SCOPES } from "./scopes";

describe("a scope parameter (RFC 6749 §3.3)", () => {
  it.each<[string, string[] | null]>([
    ["openid email", ["openid", "email"]],
    ["email openid email", ["email", "openid"]],
    ["  openid   email ", ["openid", "email"]],
    ["https://photos.example/read", ["https://photos.example/read"]],
    ["Openid", ["Openid"]],
    ['open"id', null],
    ["open\\id", null],
    ["openid\temail", null],
    ["openid\nemail", null],
    ["fotös", null],
    ["x".repeat(101), null],
    [" ", []],
  ])("%j is %j", (text, names) => expect(parseScope(text)).toEqual(names));

  it("is a set that keeps its order, and reading it again changes nothing (property)", () => {
    const name = fc.stringMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,20}$/);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        const parsed = parseScope(names.join(" ")) ?? [];
        expect(parsed).toEqual([...new Set(names)]);
        expect(parseScope(parsed.join(" "))).toEqual(parsed);
      }),
    );
  });
});

describe("the scopes of an App", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await someApp();
  });
  const photos = { name: "photos:read", description: "See your photos", sensitive: true, optional: false };

  it("are the standard ones and its own, never the neighbor's", async () => {
    const neighbor = await someApp();
    await createScope(app.id, photos, OPERATOR);
    expect((await listScopes(app.id)).get("photos:read")).toEqual(photos);
    expect([...(await listScopes(neighbor.id)).keys()]).toEqual(STANDARD_SCOPES.map(({ name }) => name));
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "scope.created" } })).toBe(1);
    await expect(createScope(app.id, photos, OPERATOR)).rejects.toMatchObject({ status: 409, code: "scope_taken" });
    await createScope(neighbor.id, photos, OPERATOR);
  });

  it.each(["openid", "profile", "email", "offline_access"])("%s is taken by the standard", async (name) => {
    await expect(createScope(app.id, { ...photos, name }, OPERATOR)).rejects.toMatchObject({ code: "scope_taken" });
  });

  const flags = (values: Record<string, string>, on: string[] = []) =>
    ({ text: (name: string) => values[name], on: (name: string) => on.includes(name) }) as never;

  it("foyer scopes create makes one, foyer scopes list shows it", async () => {
    const made = await scopesCreate.run(
      flags({ app: app.id, name: "photos:share", description: "Share them" }, ["optional"]),
    );
    const scope = { name: "photos:share", description: "Share them", sensitive: false, optional: true };
    expect(made).toEqual(scope);
    expect(await scopesList.run(flags({ app: app.id }))).toMatchObject({ scopes: expect.arrayContaining([scope]) });
  });

  it.each([
    ["a space in the name", { name: "photos read" }, "name"],
    ["a quote in the name", { name: 'photos"' }, "name"],
    ["no name", { name: "" }, "name"],
    ["a long name", { name: "x".repeat(101) }, "name"],
    ["no sentence", { description: "" }, "description"],
    ["a long sentence", { description: "x".repeat(201) }, "description"],
  ])("foyer scopes create refuses %s", async (_, changes, field) => {
    const values = { app: app.id, name: "photos:other", description: "See", ...changes };
    const fields = { [field]: expect.any(String) };
    await expect(scopesCreate.run(flags(values))).rejects.toMatchObject({ status: 400, options: { fields } });
  });

  it("foyer scopes create refuses an App that there is not", async () => {
    const values = { app: "app_01nowhere00000", name: "photos:other", description: "See" };
    await expect(scopesCreate.run(flags(values))).rejects.toMatchObject({ status: 404 });
  });
});
