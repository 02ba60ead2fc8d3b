/** Immediate retirement of a compromised signing key. */
import { beforeEach, describe, expect, it } from "vitest";
import { GET as me } from "@/app/api/me/route";
import { signingKeysRetire } from "@/cli/commands/signing-keys";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";
import { Browser, getTokens, OPERATOR, post, someClient } from "@/test/support/oauth";
import { db } from "../database/client";
import { retireSigningKey } from "./key-retirement";
import { listSigningKeys, rotateSigningKey } from "./key-rotation";
import { getSigningKey, listPublicKeys } from "./signing-keys";

let app: TestApp;
beforeEach(async () => {
  app = await someApp();
});

const isLive = async (token: string) => (await call(me, { bearer: token })).status === 200;
const published = async () => (await listPublicKeys(app.id)).map(({ kid }) => kid);
const rowOf = (id: string) => db().signingKey.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id } } });

describe("retiring the active key", () => {
  it("removes it from the JWKS, deletes its private key, rejects its tokens and activates the next key", async () => {
    const session = await someSession(app.id);
    // The signature is verified and cached.
    expect(await isLive(session.token)).toBe(true);
    const { next } = await rotateSigningKey(app.id, "ES256", OPERATOR);
    const { token } = await someSession(app.id);
    expect(await isLive(token)).toBe(true);
    const { kid } = await getSigningKey(app.id, "ES256");
    const retired = await retireSigningKey(app.id, kid, OPERATOR);
    expect(retired).toEqual({ kid, alg: "ES256", was: "active", active: next });
    expect(await isLive(token)).toBe(false);
    // Tokens of other keys and all sessions stay valid.
    expect(await isLive(session.token)).toBe(true);
    expect(await isLive((await someSession(app.id)).token)).toBe(true);
    expect(await published()).not.toContain(kid);
    expect(await rowOf(kid)).toMatchObject({ status: "retired", privateSealed: null, publicJwk: { kid } });
    const event = await db().auditEvent.findFirstOrThrow({ where: { appId: app.id, type: "signing_key.retired" } });
    expect(event.explanation).toEqual({ alg: "ES256", was: "active", active: next });
  });

  it("creates a successor if none was published yet, and a next key after it", async () => {
    const { kid } = await getSigningKey(app.id, "RS256");
    const { active } = await retireSigningKey(app.id, kid, OPERATOR);
    expect((await getSigningKey(app.id, "RS256")).kid).toBe(active);
    const statuses = (await listSigningKeys(app.id)).filter(({ alg }) => alg === "RS256").map(({ status }) => status);
    expect(statuses.sort()).toEqual(["active", "next", "retired"]);
    expect((await getSigningKey(app.id, "ES256")).kid).not.toBe(active);
  });

  it("keeps the clients' refresh tokens, and introspection rejects the old access token", async () => {
    const client = await someClient(app);
    const tokens = await getTokens(client, new Browser(app));
    await retireSigningKey(app.id, (await getSigningKey(app.id, "ES256")).kid, OPERATOR);
    const ask = async (token: string) => (await post(client, "introspect", { token })).body.active;
    expect(await ask(tokens.access_token)).toBe(false);
    const grant = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
    const { status, body } = await post(client, "token", grant);
    expect([status, await ask(body.access_token)]).toEqual([200, true]);
  });
});

describe("retiring another key", () => {
  it("rejects the tokens of a retiring key and keeps the active key", async () => {
    const { token } = await someSession(app.id);
    const { retiring, active } = await rotateSigningKey(app.id, "ES256", OPERATOR);
    expect(await isLive(token)).toBe(true);
    const retired = await retireSigningKey(app.id, retiring as string, OPERATOR);
    expect(retired).toMatchObject({ was: "retiring", active });
    expect(await isLive(token)).toBe(false);
  });

  it("replaces a next key before it signs", async () => {
    const { next, active } = await rotateSigningKey(app.id, "ES256", OPERATOR);
    expect(await retireSigningKey(app.id, next, OPERATOR)).toMatchObject({ was: "next", active });
    expect(await published()).not.toContain(next);
    expect((await rotateSigningKey(app.id, "ES256", OPERATOR)).active).not.toBe(next);
  });
});

it("twenty parallel requests retire a key once, and leave one active key", async () => {
  const { kid } = await getSigningKey(app.id, "ES256");
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => retireSigningKey(app.id, kid, OPERATOR)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = all.filter((one) => one.status === "rejected");
  expect(refused[0]?.reason).toMatchObject({ status: 409, code: "key_retired" });
  const statuses = (await listSigningKeys(app.id)).filter(({ alg }) => alg === "ES256").map(({ status }) => status);
  expect(statuses.sort()).toEqual(["active", "next", "retired"]);
});

describe("the management API and the CLI", () => {
  const retire = (kid: string) => manage(app, "POST", `/signing-keys/${kid}/retire`);

  it("return 200, then 409, and 404 for an unknown key or one of another app", async () => {
    const { kid } = await getSigningKey(app.id, "ES256");
    const neighbor = await someApp();
    expectError(await manageAs(neighbor, app, "POST", `/signing-keys/${kid}/retire`), 404, "not_found");
    expectError(await manage(neighbor, "POST", `/signing-keys/${kid}/retire`), 404, "not_found");
    for (const other of ["%00", "x".repeat(43), "retire"]) expectError(await retire(other), 404, "not_found");
    expect((await rowOf(kid)).status).toBe("active");
    expect(await retire(kid)).toMatchObject({ status: 200, body: { kid, was: "active" } });
    expectError(await retire(kid), 409, "key_retired");
  });

  it("retire a key with foyer signing-keys retire", async () => {
    const { kid } = await getSigningKey(app.id, "ES256");
    const flags = { text: (name: string) => ({ app: app.id, kid })[name] } as never;
    expect(await signingKeysRetire.run(flags)).toMatchObject({ kid, was: "active" });
    await expect(signingKeysRetire.run(flags)).rejects.toMatchObject({ status: 409 });
  });
});
