import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { scopesCreate, scopesList } from "@/cli/commands/scopes";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, getTokens, OPERATOR, someClient } from "@/test/support/oauth";
import { STANDARD_SCOPES } from "./descriptions";
import { createScope, listScopes, parseScope } from "./scopes";

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
  ])("with the value %j is read as %j", (text, names) => expect(parseScope(text)).toEqual(names));

  it("is a set that keeps its order, and parsing it again changes nothing (property)", () => {
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

it("a scope of an app that is named like a standard one is removed by the migration, with what users allowed", async () => {
  const [app, other] = [await someApp(), await someApp()];
  for (const one of [app, other])
    await getTokens(await someClient(one, { scopes: ["openid", "phone"] }), new Browser(one), {
      scope: "openid phone",
    });
  await db().scope.create({ data: { appId: app.id, name: "phone", description: "Call you" } });
  const sql = await readFile("prisma/migrations/20261130202500_openid_scopes/migration.sql", "utf8");
  await db().$transaction(async (tx) => {
    for (const statement of sql.replace(/^--.*$/gm, "").split(";"))
      if (!/^\s*(BEGIN|COMMIT)?\s*$/.test(statement)) await tx.$executeRawUnsafe(statement);
  });
  const scopes = async (appId: string) => ({
    own: await db().scope.count({ where: { appId } }),
    of: [
      await db().oAuthClient.findFirst({ where: { appId }, select: { scopes: true } }),
      await db().grant.findFirst({ where: { appId }, select: { scopes: true } }),
      await db().consent.findFirst({ where: { appId }, select: { scopes: true } }),
    ].map((row) => row?.scopes.includes("phone")),
  });
  expect(await scopes(app.id)).toEqual({ own: 0, of: [false, false, false] });
  expect(await scopes(other.id)).toEqual({ own: 0, of: [true, true, true] });
});

describe("the scopes of an app", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await someApp();
  });
  const photos = { name: "photos:read", description: "See your photos", sensitive: true, optional: false };

  it("are the standard scopes and its own, and never those of another app", async () => {
    const neighbor = await someApp();
    await createScope(app.id, photos, OPERATOR);
    expect((await listScopes(app.id)).get("photos:read")).toEqual(photos);
    expect([...(await listScopes(neighbor.id)).keys()]).toEqual(STANDARD_SCOPES.map(({ name }) => name));
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "scope.created" } })).toBe(1);
    await expect(createScope(app.id, photos, OPERATOR)).rejects.toMatchObject({ status: 409, code: "scope_taken" });
    await createScope(neighbor.id, photos, OPERATOR);
  });

  it.each(["openid", "profile", "email", "phone", "address", "offline_access"])(
    "cannot include a custom scope named %s, which is a standard scope",
    async (name) => {
      await expect(createScope(app.id, { ...photos, name }, OPERATOR)).rejects.toMatchObject({ code: "scope_taken" });
    },
  );

  const flags = (values: Record<string, string>, on: string[] = []) =>
    ({ text: (name: string) => values[name], on: (name: string) => on.includes(name) }) as never;

  it("are created by foyer scopes create and listed by foyer scopes list", async () => {
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
    ["an empty name", { name: "" }, "name"],
    ["a name that is too long", { name: "x".repeat(101) }, "name"],
    ["an empty description", { description: "" }, "description"],
    ["a description that is too long", { description: "x".repeat(201) }, "description"],
  ])("are not created by foyer scopes create with %s", async (_, changes, field) => {
    const values = { app: app.id, name: "photos:other", description: "See", ...changes };
    const fields = { [field]: expect.any(String) };
    await expect(scopesCreate.run(flags(values))).rejects.toMatchObject({ status: 400, options: { fields } });
  });

  it("are not created by foyer scopes create for an unknown app", async () => {
    const values = { app: "app_01nowhere00000", name: "photos:other", description: "See" };
    await expect(scopesCreate.run(flags(values))).rejects.toMatchObject({ status: 404 });
  });
});
