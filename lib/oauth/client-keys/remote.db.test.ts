/** Keys at a client's `jwks_uri`: caching, rotation, failures. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import {
  assertion,
  type KeyClient,
  someKey,
  someKeyClient,
  type TestKey,
  withAssertion,
} from "@/test/support/client-keys";
import { someApp, type TestApp } from "@/test/support/factories";
import { type KeyServer, startKeyServer } from "@/test/support/key-server";
import { send } from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});
afterEach(() => freezeClock(null));

interface Setup {
  server: KeyServer;
  client: KeyClient;
  key: TestKey;
}

async function setup(input = {}): Promise<Setup> {
  const key = someKey();
  const server = await startKeyServer([key.jwk]);
  const client = await someKeyClient(app, { jwks_uri: server.uri, ...input }, key);
  return { server, client, key };
}

/** The status of a request that the client authenticates with the key. */
async function ask(client: KeyClient, key = client.key): Promise<number> {
  const form = { token: "x", ...withAssertion(assertion({ ...client, key })) };
  return (await send(`/o/${app.id}/introspect`, { form })).status;
}

function secondsLater(seconds: number): void {
  freezeClock(new Date(now().getTime() + seconds * 1000));
}

describe("the keys of a jwks_uri", () => {
  it("authenticate the client, and are fetched once by fifty simultaneous requests", async () => {
    const { server, client } = await setup();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => ask(client)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(server.asked).toBe(1);
  });

  it.each([
    ["max-age=3600", 3599, 3601],
    ["max-age=10", 299, 301],
    ["max-age=999999999", 86_399, 86_401],
    ["no-store", 299, 301],
    ["", 599, 601],
  ])("with Cache-Control %j are fetched again after %i to %i seconds", async (control, before, after) => {
    const { server, client } = await setup();
    server.headers = { "cache-control": control };
    const start = now().getTime();
    freezeClock(new Date(start));
    expect(await ask(client)).toBe(200);
    freezeClock(new Date(start + before * 1000));
    expect(await ask(client)).toBe(200);
    expect(server.asked).toBe(1);
    freezeClock(new Date(start + after * 1000));
    expect(await ask(client)).toBe(200);
    expect(server.asked).toBe(2);
  });

  it("are fetched at once for a new kid, and the old key no longer works", async () => {
    const { server, client, key } = await setup();
    expect(await ask(client)).toBe(200);
    const next = someKey();
    server.keys = [next.jwk];
    const statuses = await Promise.all(Array.from({ length: 50 }, () => ask(client, next)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(server.asked).toBe(2);
    expect(await ask(client, key)).toBe(401);
  });

  it("are fetched at once for a new key under the old kid", async () => {
    const { server, client, key } = await setup();
    expect(await ask(client)).toBe(200);
    const next = someKey("ES256", { kid: key.jwk.kid });
    server.keys = [next.jwk];
    expect(await ask(client, next)).toBe(200);
  });

  it("are fetched for unknown keys at most once a minute", async () => {
    const { server, client } = await setup();
    freezeClock(now());
    expect(await ask(client)).toBe(200);
    for (let count = 0; count < 5; count++) expect(await ask(client, someKey())).toBe(401);
    expect(server.asked).toBe(2);
    secondsLater(61);
    await Promise.all(Array.from({ length: 20 }, () => ask(client, someKey())));
    expect(server.asked).toBe(3);
  });

  it("that were wrong at first work as soon as they are right", async () => {
    const { server, client, key } = await setup();
    server.keys = [];
    expect(await ask(client)).toBe(401);
    expect(server.asked).toBe(1);
    server.keys = [key.jwk];
    expect(await ask(client)).toBe(200);
  });

  it("that share a kid are all tried", async () => {
    const { server, client, key } = await setup();
    const twin = someKey("ES256", { kid: key.jwk.kid });
    server.keys = [twin.jwk, key.jwk];
    expect([await ask(client, key), await ask(client, twin)]).toEqual([200, 200]);
  });

  it("that can't be used are ignored: symmetric, private, weak or for encryption", async () => {
    const { server, client, key } = await setup();
    const encryption = someKey("ES256", { use: "enc" });
    server.keys = [
      { kty: "oct", k: "AAAA" },
      { kty: "RSA", n: "AQAB", e: "AQAB" },
      { ...someKey().jwk, d: "AAAA" },
      encryption.jwk,
      key.jwk,
    ];
    expect(await ask(client)).toBe(200);
    expect(await ask(client, encryption)).toBe(401);
  });

  it("survive a day of failures, and not longer", async () => {
    const { server, client } = await setup();
    freezeClock(now());
    expect(await ask(client)).toBe(200);
    server.answer = (_, response) => response.writeHead(500).end();
    secondsLater(3600);
    expect(await ask(client)).toBe(200);
    expect(await ask(client)).toBe(200);
    expect(server.asked).toBe(2);
    secondsLater(86_400);
    expect(await ask(client)).toBe(401);
  });

  it("work again a few seconds after the first fetch failed", async () => {
    const { server, client } = await setup();
    freezeClock(now());
    server.answer = (_, response) => response.writeHead(503).end();
    expect(await ask(client)).toBe(401);
    server.answer = null;
    secondsLater(6);
    expect(await ask(client)).toBe(200);
  });
});

describe("a jwks_uri, with 401 invalid_client and an event with the reason,", () => {
  async function problemOf(client: KeyClient): Promise<string> {
    const where = { appId: app.id, clientId: client.id, type: "oauth.rejected" };
    const event = await db().auditEvent.findFirstOrThrow({ where });
    return (event.explanation as { problem: string }).problem;
  }

  it.each<[string, KeyServer["answer"], RegExp]>([
    ["that redirects", (_, response) => response.writeHead(302, { location: "/other" }).end(), /status 302/],
    ["that answers 404", (_, response) => response.writeHead(404).end("{}"), /status 404/],
    ["that answers 304", (_, response) => response.writeHead(304).end(), /status 304/],
    ["without JSON", (_, response) => response.end("<h1>Keys</h1>"), /JWK Set/],
    ["without keys", (_, response) => response.end("[]"), /JWK Set/],
    ["with null as keys", (_, response) => response.end('{"keys":null}'), /JWK Set/],
    ["with text as keys", (_, response) => response.end('{"keys":["a",null,7]}'), /no usable signature key/],
    ["that is huge", (_, response) => response.end(`{"keys":[],"x":"${"x".repeat(70_000)}"}`), /bytes/],
    ["that closes the connection", (request) => request.socket.destroy(), /could not be reached/],
  ])("%s is rejected", async (_, answer, reason) => {
    const { server, client } = await setup();
    server.answer = answer;
    expect(await ask(client)).toBe(401);
    expect(await problemOf(client)).toMatch(reason);
  });

  it("that doesn't answer is rejected after 5 seconds", async () => {
    const { server, client } = await setup();
    server.answer = () => {};
    const start = Date.now();
    expect(await ask(client)).toBe(401);
    expect(Date.now() - start).toBeLessThan(8000);
    expect(await problemOf(client)).toMatch(/in time/);
  });

  it.each(["https://10.0.0.1/jwks", "https://169.254.169.254/jwks", "https://[fd00::1]/jwks"])(
    "at %s is rejected",
    async (uri) => {
      const client = await someKeyClient(app, { jwks_uri: uri });
      expect(await ask(client)).toBe(401);
      expect(await problemOf(client)).toMatch(/private or reserved network/);
    },
  );
});
