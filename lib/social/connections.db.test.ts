import { readdirSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_SECRET } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import { setMasterKeys } from "@/test/support/master-keys";
import { OPERATOR } from "@/test/support/oauth";
import { getApp } from "../apps/apps";
import { reseal } from "../crypto/reseal";
import { keyVersionOf } from "../crypto/seal";
import { invalidate } from "../database/cache";
import { db } from "../database/client";
import { env } from "../env";
import { parseInput } from "../input";
import {
  createConnection,
  deleteConnection,
  findConnection,
  getConnection,
  listConnections,
  openClientSecret,
  sealedClientSecrets,
  setConnection,
  updateConnection,
} from "./connections";
import { NewConnection, RESERVED_NAMES } from "./inputs";

await createOwnDatabase();

let app: TestApp;
let neighbor: TestApp;
beforeAll(async () => {
  [app, neighbor] = await Promise.all([someApp(), someApp("Neighbor")]);
});
beforeEach(async () => {
  await db().oAuthConfig.deleteMany({});
  for (const { id } of [app, neighbor]) invalidate(id);
});

const GITHUB: NewConnection = {
  provider: "github",
  client_id: "id",
  client_secret: "the secret itself".replaceAll(" ", "-"),
};

async function create(input: NewConnection = GITHUB, at = app) {
  return createConnection(await getApp(at.id), input, OPERATOR);
}

async function update(changes: Parameters<typeof updateConnection>[2], name = "github", at = app) {
  return updateConnection(await getApp(at.id), name, changes, OPERATOR);
}

function lastEvent() {
  return db().auditEvent.findFirst({ where: { appId: app.id }, orderBy: { id: "desc" } });
}

describe("a connection", () => {
  it("is created with the provider's defaults, and shows its callback URL", async () => {
    expect(await create()).toEqual({
      connection: "github",
      provider: "github",
      display_name: null,
      client_id: "id",
      has_secret: true,
      issuer: null,
      authorization_url: null,
      token_url: null,
      api_url: null,
      scopes: ["read:user", "user:email"],
      redirect_uris: [],
      delivery: "query",
      enabled: true,
      callback_url: `http://localhost:8000/api/auth/callback/github/${app.id}`,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(await lastEvent()).toMatchObject({ type: "connection.created", targetId: "github" });
  });

  it("stores its secret encrypted and never returns it", async () => {
    const answer = await create();
    const row = await db().oAuthConfig.findFirstOrThrow({ where: { appId: app.id } });
    expect(JSON.stringify([answer, row, await lastEvent()])).not.toContain(GITHUB.client_secret);
    expect(openClientSecret(await getConnection(app.id, "github"))).toBe(GITHUB.client_secret);
    await db().oAuthConfig.create({ data: { ...row, connection: "moved" } });
    await update({ display_name: "x" });
    const moved = await getConnection(app.id, "moved");
    expect(() => openClientSecret(moved)).toThrow();
  });

  it("exists once per name: 409, also for twenty parallel requests", async () => {
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => create()));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(create()).rejects.toMatchObject({ status: 409, code: "connection_exists" });
  });

  it("cannot be read, updated or deleted by another app", async () => {
    await create();
    expect(await findConnection(neighbor.id, "github")).toBeNull();
    await expect(update({ enabled: false }, "github", neighbor)).rejects.toMatchObject({ status: 404 });
    await expect(deleteConnection(neighbor.id, "github", OPERATOR)).rejects.toMatchObject({ status: 404 });
    await create(GITHUB, neighbor);
    await deleteConnection(neighbor.id, "github", OPERATOR);
    expect(await listConnections(app.id)).toHaveLength(1);
  });

  it("cannot be created for the dashboard", async () => {
    const foyer = await getApp("app_foyer");
    await expect(createConnection(foyer, GITHUB, OPERATOR)).rejects.toMatchObject({ code: "reserved_app" });
  });
});

describe("an update", () => {
  it("keeps absent values, and its event names the changed ones", async () => {
    await create({ ...GITHUB, redirect_uris: ["https://a.example/"], delivery: "code" });
    const after = await update({ display_name: "Our GitHub", delivery: undefined });
    expect(after).toMatchObject({
      display_name: "Our GitHub",
      delivery: "code",
      redirect_uris: ["https://a.example/"],
    });
    expect(await lastEvent()).toMatchObject({ type: "connection.updated", explanation: { changed: ["display_name"] } });
    expect(openClientSecret(await getConnection(app.id, "github"))).toBe(GITHUB.client_secret);
  });

  it.each(["issuer", "authorization_url", "token_url", "api_url"])(
    "of %s requires the secret, because Foyer sends it there",
    async (name) => {
      await create();
      await expect(update({ [name]: "https://elsewhere.example" })).rejects.toMatchObject({
        options: { fields: { client_secret: expect.stringContaining(name) } },
      });
      expect(await update({ [name]: "https://elsewhere.example", client_secret: "another" })).toHaveProperty(name);
      expect(await update({ [name]: "https://elsewhere.example" })).toHaveProperty(name);
    },
  );

  it("by `set` updates the connection, or creates it", async () => {
    const set = async (input: NewConnection) => setConnection(await getApp(app.id), input, OPERATOR);
    await set(GITHUB);
    expect(await set({ ...GITHUB, client_id: "other" })).toMatchObject({ client_id: "other" });
    await expect(
      set({ provider: "oidc", connection: "github", client_id: "x", issuer: "https://a.example" }),
    ).rejects.toMatchObject({ code: "connection_exists" });
  });
});

it("a connection can still be updated after its name has become the name of a provider", async () => {
  await create({ ...GITHUB, provider: "oidc", connection: "acme", issuer: "https://idp.example" });
  await db().oAuthConfig.updateMany({
    where: { connection: "acme" },
    data: { connection: "gitlab", secretSealed: null },
  });
  invalidate(app.id);
  expect(await update({ display_name: "Acme" }, "gitlab")).toMatchObject({ provider: "oidc", display_name: "Acme" });
});

describe("the input", () => {
  const OIDC = { provider: "oidc", client_id: "x", issuer: "https://idp.example" };
  const problemsOf = async (changes: object, base: object = OIDC) => {
    try {
      await create(parseInput(NewConnection, { ...base, ...changes }));
      return {};
    } catch (error) {
      return (error as { options: { fields: Record<string, string> } }).options.fields;
    }
  };

  it.each([
    { connection: "a" },
    { connection: "Acme" },
    { connection: "acme sso" },
    { connection: "acme/x" },
    { connection: "-acme" },
    { connection: "a".repeat(41) },
    { connection: "callback" },
    { connection: "refresh" },
    { connection: "github" },
    { connection: "gitlab" },
    { connection: "google" },
    { issuer: undefined },
    { issuer: "idp.example" },
    { issuer: "http://idp.example" },
    { issuer: "https://u:p@idp.example" },
    { issuer: "https://idp.example?x=1" },
    { issuer: "https://idp.example#x" },
    { issuer: "https://idp.example\n" },
    { authorization_url: "javascript:alert(1)" },
    { token_url: "ftp://idp.example" },
    { api_url: "file:///etc/passwd" },
    { client_id: "" },
    { client_id: "a b" },
    { client_secret: "with\nline" },
    { scopes: ["a b"] },
    { scopes: ['"'] },
    { delivery: "post" },
    { display_name: "" },
    { display_name: "x".repeat(61) },
  ])("is rejected by field: %j", async (changes) => {
    const [[name = ""] = []] = Object.keys(changes).map((key) => [key]);
    expect(Object.keys(await problemsOf(changes)).map((key) => key.split(".")[0])).toContain(name);
  });

  it.each(["javascript:alert(1)", "/relative", "https://a@b.example/", "https://b.example/#x", "https://b.example/\n"])(
    "%j is no address to come back to",
    async (uri) => expect(await problemsOf({ redirect_uris: [uri] })).toHaveProperty(["redirect_uris.0"]),
  );

  it("requires a secret for a provider without OpenID Connect", async () =>
    expect(await problemsOf({ client_secret: undefined }, GITHUB)).toHaveProperty("client_secret"));

  it("allows http only for loopback in development", async () => {
    expect(await problemsOf({ issuer: "http://127.0.0.1:4000" })).toEqual({});
    await db().oAuthConfig.deleteMany({});
    const settings = env();
    settings.allowLoopback = false;
    expect(await problemsOf({ issuer: "http://127.0.0.1:4000" })).toHaveProperty("issuer");
    settings.allowLoopback = true;
  });

  it("rejects a name that is a path below /api/auth", () => {
    const folders = readdirSync("app/api/auth", { withFileTypes: true }).map(({ name }) => name);
    const words = folders.filter((name) => !name.startsWith("["));
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter((word) => !RESERVED_NAMES.includes(word))).toEqual([]);
  });
});

it("client secrets are re-encrypted with a new master key, and readable without the old one", async () => {
  await create();
  const next = "2:another-secret-of-the-tests-that-guards-nothing-either";
  setMasterKeys(`${next},${TEST_SECRET}`);
  expect(await reseal(sealedClientSecrets())).toEqual({ resealed: 1, unreadable: 0 });
  expect(await reseal(sealedClientSecrets())).toEqual({ resealed: 0, unreadable: 0 });
  setMasterKeys(next);
  await update({ display_name: "reloads the cache" });
  const connection = await getConnection(app.id, "github");
  expect(keyVersionOf(connection.secretSealed ?? "")).toBe(2);
  expect(openClientSecret(connection)).toBe(GITHUB.client_secret);
  setMasterKeys(TEST_SECRET);
});
