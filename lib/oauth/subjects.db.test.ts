/** Pairwise subjects (OIDC Core §8) wherever a client sees a user. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invalidate } from "@/lib/database/cache";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { allowDevice, DEVICE_GRANT, poll, someDeviceClient, startDevice } from "@/test/support/device";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  authorize,
  authorizeUrl,
  Browser,
  basic,
  findHandler,
  getTokens,
  locationOf,
  POST_LOGOUT_URI,
  REDIRECT_URI,
  refreshTokens,
  send,
  someClient,
} from "@/test/support/oauth";

const PAIRWISE = { subject_type: "pairwise" } as const;
const subOf = (tokens: { id_token: string }) => decodeJwt(tokens.id_token).sub ?? "";

let app: TestApp;
let lists: Record<string, unknown> = {};
const server = createServer((request, response) => {
  const list = lists[request.url ?? ""];
  if (list === undefined) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list));
});
let origin = "";

beforeAll(async () => {
  app = await someApp();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function me(token: string) {
  const { handler } = await findHandler("GET", "/api/me");
  return (await call(handler, { method: "GET", path: "/api/me", bearer: token })).body;
}

it("a pairwise client sees one subject everywhere, and never the user ID", async () => {
  const [client, browser] = [await someClient(app, PAIRWISE), new Browser(app)];
  const tokens = await getTokens(client, browser);
  const [sub, userId] = [subOf(tokens), await browser.userId()];
  expect(sub).toMatch(/^[\w-]{43}$/);
  expect(decodeJwt(tokens.access_token).sub).toBe(sub);
  const bearer = tokens.access_token;
  expect((await send(`/o/${app.id}/userinfo`, { bearer })).body.sub).toBe(sub);
  expect(await me(bearer)).toMatchObject({ id: sub, sub });
  expect(JSON.stringify(await me(bearer))).not.toContain(userId);
  const introspect = (token: string) => send(`/o/${app.id}/introspect`, { form: { token }, headers: basic(client) });
  expect((await introspect(bearer)).body).toMatchObject({ active: true, sub });
  expect((await introspect(tokens.refresh_token)).body).toMatchObject({ active: true, sub });
  const refreshed = (await refreshTokens(client, tokens.refresh_token)).body;
  expect([subOf(refreshed), decodeJwt(refreshed.access_token).sub]).toEqual([sub, sub]);
  for (const token of [tokens.id_token, tokens.access_token])
    expect(JSON.stringify(decodeJwt(token))).not.toContain(userId);
  const again = await getTokens(client, browser);
  expect(subOf(again)).toBe(sub);
});

it("differs by sector, user and app, and is shared within a sector", async () => {
  const browser = new Browser(app);
  const sub = async (redirect: string, by = browser) =>
    subOf(await getTokens(await someClient(by.app, { ...PAIRWISE, redirect_uris: [redirect] }), by));
  const first = await sub("https://one.example/cb");
  expect(await sub("https://one.example/other")).toBe(first);
  const others = [
    await sub("https://two.example/cb"),
    await sub("https://one.example/cb", new Browser(app)),
    await sub("https://one.example/cb", new Browser(await someApp(), browser.email)),
    subOf(await getTokens(await someClient(app), browser)),
  ];
  expect(new Set([first, ...others]).size).toBe(5);
  expect(others[3]).toBe(await browser.userId());
});

describe("id_token_hint and the claims parameter", () => {
  it("name the user by the client's subject", async () => {
    const [client, browser] = [await someClient(app, PAIRWISE), new Browser(app)];
    const { id_token } = await getTokens(client, browser);
    const silent = async (changes: object) =>
      locationOf(await browser.open(authorizeUrl(client, { prompt: "none", ...changes }))).searchParams;
    const claims = (value: string) => JSON.stringify({ id_token: { sub: { value } } });
    expect((await silent({ id_token_hint: id_token })).has("code")).toBe(true);
    expect((await silent({ claims: claims(subOf({ id_token })) })).has("code")).toBe(true);
    expect((await silent({ claims: claims(await browser.userId()) })).get("error")).toBe("login_required");
    const stranger = await getTokens(client, new Browser(app));
    expect((await silent({ id_token_hint: stranger.id_token })).get("error")).toBe("login_required");
  });

  it("and a logout hint signs out without a question", async () => {
    const [client, browser] = [await someClient(app, PAIRWISE), new Browser(app)];
    const { id_token } = await getTokens(client, browser);
    const stranger = await getTokens(client, new Browser(app));
    const query = (hint: string) =>
      new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: POST_LOGOUT_URI });
    const asked = await browser.open(`/o/${app.id}/logout?${query(stranger.id_token)}`);
    expect([asked.status, asked.body]).toEqual([200, expect.stringContaining("Sign out?")]);
    const answer = await browser.open(`/o/${app.id}/logout?${query(id_token)}`);
    expect(answer.headers.get("location")).toBe(POST_LOGOUT_URI);
  });
});

describe("the sector", () => {
  const create = (body: object) => manage(app, "POST", "/clients", { body: { client_name: "Client", ...body } });

  it.each([
    [["https://one.example/cb", "https://two.example/cb"]],
    [["com.example.app:/cb"]],
    [["https://one.example/cb", "com.example.app:/cb"]],
  ])("of %j needs a sector_identifier_uri", async (redirect_uris) => {
    const answer = await create({ ...PAIRWISE, redirect_uris, application_type: "native" });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["subject_type"]);
  });

  it("is the host of a list that has every redirect URI, also after a change", async () => {
    const redirect_uris = ["https://one.example/cb", "https://two.example/cb"];
    lists = { "/list": redirect_uris };
    const created = await create({ ...PAIRWISE, redirect_uris, sector_identifier_uri: `${origin}/list` });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    const path = `/clients/${created.body.client_id}`;
    const added = [...redirect_uris, "https://three.example/cb"];
    const answer = await manage(app, "PATCH", path, { body: { redirect_uris: added } });
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields.sector_identifier_uri).toContain("https://three.example/cb");
    lists = { "/list": added };
    expect((await manage(app, "PATCH", path, { body: { redirect_uris: added } })).status).toBe(200);
    // A change of something else doesn't ask the other server.
    lists = {};
    expect((await manage(app, "PATCH", path, { body: { client_name: "Renamed" } })).status).toBe(200);
  });

  it.each<[string, unknown]>([
    ["is absent", undefined],
    ["is an object", { uris: [REDIRECT_URI] }],
    ["lists numbers", [1]],
    ["lacks a redirect URI", ["https://other.example/cb"]],
    ["is larger than 64 KiB", Array.from({ length: 9000 }, () => REDIRECT_URI)],
  ])("is rejected if the list %s", async (_, list) => {
    lists = list === undefined ? {} : { "/bad": list };
    const before = await db().oAuthClient.count({ where: { appId: app.id } });
    const answer = await create({ redirect_uris: [REDIRECT_URI], sector_identifier_uri: `${origin}/bad` });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["sector_identifier_uri"]);
    expect(await db().oAuthClient.count({ where: { appId: app.id } })).toBe(before);
  });

  it.each(["https://10.0.0.1/list", "https://[fd00::1]/list", "https://nowhere.invalid/list"])(
    "is not read from %s",
    async (sector_identifier_uri) => {
      const answer = await create({ redirect_uris: [REDIRECT_URI], sector_identifier_uri });
      expectError(answer, 400, "invalid_request");
      expect(Object.keys(answer.body.fields)).toEqual(["sector_identifier_uri"]);
    },
  );

  it("shared by two clients gives them one subject", async () => {
    const uris = ["https://first.example/cb", "https://second.example/cb"];
    lists = { "/shared": uris };
    const browser = new Browser(app);
    const subs = [];
    for (const uri of uris) {
      const client = await someClient(app, {
        ...PAIRWISE,
        redirect_uris: [uri],
        sector_identifier_uri: `${origin}/shared`,
      });
      subs.push(subOf(await getTokens(client, browser)));
    }
    expect(subs[0]).toBe(subs[1]);
  });
});

it("a client that registered itself gets no subject of another sector on a device", async () => {
  const [victim, browser] = [await someClient(app, PAIRWISE), new Browser(app)];
  const sub = subOf(await getTokens(victim, browser));
  const agent = await someDeviceClient(app, {
    ...PAIRWISE,
    redirect_uris: [REDIRECT_URI],
    grant_types: ["authorization_code", DEVICE_GRANT],
  });
  const subject = async () => {
    const started = await startDevice(agent, { scope: "openid" });
    await allowDevice(browser, started);
    return subOf((await poll(agent, started)).body);
  };
  // The owner of the app decided that it belongs to the sector.
  expect(await subject()).toBe(sub);
  await db().oAuthClient.updateMany({ where: { appId: app.id, id: agent.id }, data: { source: "dcr" } });
  invalidate(app.id);
  const own = await subject();
  expect(own).not.toBe(sub);
  expect(subOf(await getTokens(agent, browser))).toBe(own);
});

it("a grant keeps its subject when the client becomes pairwise", async () => {
  const [client, browser] = [await someClient(app), new Browser(app)];
  const tokens = await getTokens(client, browser);
  await manage(app, "PATCH", `/clients/${client.id}`, { body: PAIRWISE });
  expect(subOf((await refreshTokens(client, tokens.refresh_token)).body)).toBe(await browser.userId());
  expect(subOf(await getTokens(client, browser))).not.toBe(await browser.userId());
  const location = await authorize(browser, client, { prompt: "none", id_token_hint: tokens.id_token });
  expect(location.searchParams.get("error")).toBe("login_required");
});
