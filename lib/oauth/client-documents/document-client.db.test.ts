/** Client ID metadata documents at the authorization and token endpoints, from a real HTTP server. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  allow,
  authorizeUrl,
  Browser,
  beginConsent,
  expectOAuthError,
  getTokens,
  newIpAddress,
  OPERATOR,
  refreshTokens,
  screenOf,
  send,
} from "@/test/support/oauth";

const HOST = "agent.example";
const REDIRECT = "https://agent.example/cb";

/** The server answers for https://agent.example. Everything else goes through the real checks. */
vi.mock("@/lib/outbound", async (original) => {
  const real = await original<typeof import("@/lib/outbound")>();
  const outboundFetch: typeof real.outboundFetch = (address, options) =>
    real.outboundFetch(String(address).replace("https://agent.example", served.origin), options);
  return { ...real, outboundFetch };
});

const served = vi.hoisted(() => ({ origin: "" }));
let server: Server;
let answer: RequestListener;
let requests = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  served.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let app: TestApp;
let url: string;
let count = 0;
let browser: Browser;
beforeAll(async () => {
  app = await someApp();
  await set({ client_metadata_documents: "any" });
});
beforeEach(() => {
  url = newUrl();
  browser = new Browser(app);
  requests = 0;
  serve();
});
afterEach(() => freezeClock(null));

function newUrl(): string {
  count += 1;
  return `https://${HOST}/clients/${count}`;
}

function set(settings: Record<string, unknown>, of = app) {
  return updateApp(of.id, { settings }, OPERATOR);
}

function serve(changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): void {
  const document = { client_id: url, client_name: "Agent", redirect_uris: [REDIRECT], ...changes };
  serveText(JSON.stringify(document), headers);
}

function serveText(text: string, headers: Record<string, string> = {}, status = 200): void {
  answer = (_, response) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

function client(of = app) {
  return { app: of, id: url, secret: null, redirectUri: REDIRECT };
}

const offline = { grant_types: ["authorization_code", "refresh_token"] };

function open(of = app, ip = newIpAddress()) {
  return send(authorizeUrl(client(of)), { ip });
}

async function expectRejected(text: string | RegExp): Promise<void> {
  const page = await open();
  expect([page.status, page.headers.get("location")]).toEqual([400, null]);
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  expect(page.body).toMatch(text);
}

function later(ms: number): void {
  freezeClock(new Date(nowMs() + ms));
}

describe("a client with a metadata document", () => {
  it("gets tokens, and consent and grant refer to its URL", async () => {
    serve({ ...offline, surprise: 1, scope: "openid profile offline_access" });
    const tokens = await getTokens(client(), browser, { scope: "openid profile offline_access" });
    const claims = JSON.parse(Buffer.from(tokens.access_token.split(".")[1] ?? "", "base64url").toString());
    expect(claims.client_id).toBe(url);
    const where = { appId: app.id, clientId: url };
    expect([await db().consent.count({ where }), await db().grant.count({ where })]).toEqual([1, 1]);
    const row = await db().oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: url } } });
    expect(row).toMatchObject({ source: "cimd", isPublic: true, pkce: "required", firstParty: false });
    expect((await refreshTokens(client(), tokens.refresh_token)).status).toBe(200);
    expect(requests).toBe(1);
  });

  it("works only under an issuer, because the URL names no app", async () => {
    const page = await send(authorizeUrl(client()).replace(`/o/${app.id}/`, "/o/"));
    expect(page.status).toBe(400);
    expect(page.body).toContain("http://localhost:8000/o/{app_id}");
    const form = { grant_type: "refresh_token", refresh_token: "x", client_id: url };
    for (const path of ["token", "par", "revoke", "device_authorization"]) {
      const answer = await send(`/o/${path}`, { form });
      expectOAuthError(answer, 401, "invalid_client");
      expect(answer.body.error_description).toContain("http://localhost:8000/o/{app_id}");
    }
    expect(requests).toBe(0);
  });

  it("may name grants that Foyer lacks, but never gets one without a user", async () => {
    serve({ grant_types: ["authorization_code", "implicit", "client_credentials"], response_types: ["code", "token"] });
    expect(screenOf(await open())).toBe("signin");
    const row = await db().oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: url } } });
    expect(row.grantTypes).toEqual(["authorization_code"]);
  });

  it("may use private_key_jwt", async () => {
    serve({ token_endpoint_auth_method: "private_key_jwt", jwks_uri: `https://${HOST}/jwks` });
    expect(screenOf(await open())).toBe("signin");
    const row = await db().oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: url } } });
    expect(row).toMatchObject({ isPublic: false, authMethod: "private_key_jwt" });
    const form = { grant_type: "authorization_code", code: "x", client_id: url };
    expectOAuthError(await send(`/o/${app.id}/token`, { form }), 401, "invalid_client");
  });

  it("is fetched once by 50 requests at once", async () => {
    const waiting: (() => void)[] = [];
    const body = JSON.stringify({ client_id: url, redirect_uris: [REDIRECT] });
    answer = (_, response) =>
      waiting.push(() => response.writeHead(200, { "content-type": "application/json" }).end(body));
    const all = Promise.all(Array.from({ length: 50 }, () => open()));
    await vi.waitFor(() => expect(waiting.length).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const respond of waiting) respond();
    expect((await all).every((page) => screenOf(page) === "signin")).toBe(true);
    expect(requests).toBe(1);
  });
});

describe("the settings", () => {
  it("off: no document is fetched", async () => {
    const closed = await someApp();
    const page = await open(closed);
    expect([page.status, requests]).toEqual([400, 0]);
    expect(page.body).toContain("does not accept a URL as client_id");
    const metadata = await send(`/o/${closed.id}/.well-known/openid-configuration`);
    expect(metadata.body).not.toHaveProperty("client_id_metadata_document_supported");
  });

  it("listed: only the documents of listed hosts", async () => {
    const listed = await someApp();
    await set({ client_metadata_documents: "listed", client_metadata_hosts: ["other.example"] }, listed);
    expect((await open(listed)).status).toBe(400);
    expect(requests).toBe(0);
    await set({ client_metadata_hosts: ["other.example", HOST] }, listed);
    expect(screenOf(await open(listed))).toBe("signin");
  });

  it("mcp: documents of any host, and the metadata says so", async () => {
    const mcp = await someApp();
    await set({ mcp: true }, mcp);
    expect(screenOf(await open(mcp))).toBe("signin");
    const metadata = await send(`/.well-known/oauth-authorization-server/o/${mcp.id}`);
    expect(metadata.body).toMatchObject({
      client_id_metadata_document_supported: true,
      registration_endpoint: `${mcp.issuer}/register`,
    });
  });

  it("switched off, end the access of the document's clients", async () => {
    const closing = await someApp();
    await set({ client_metadata_documents: "any" }, closing);
    serve(offline);
    const tokens = await getTokens(client(closing), new Browser(closing));
    await set({ client_metadata_documents: "off" }, closing);
    expectOAuthError(await refreshTokens(client(closing), tokens.refresh_token), 401, "invalid_client");
  });
});

describe("a document is rejected on a page", () => {
  it.each<[string, () => void, string]>([
    ["that redirects", () => serveText("", { location: `https://${HOST}/other` }, 302), "redirects"],
    ["that is missing", () => serveText("{}", {}, 404), "status 404"],
    ["that fails", () => serveText("{}", {}, 500), "status 500"],
    ["that names another ID", () => serve({ client_id: `${url}/` }), "another client_id"],
    ["without an ID", () => serve({ client_id: undefined }), "another client_id"],
    ["with a javascript: URI", () => serve({ redirect_uris: ["javascript:alert(1)"] }), "scheme javascript:"],
    ["of 17 KB", () => serve({ client_name: "x".repeat(17 * 1024) }), "larger than 5 KB"],
    ["that is HTML", () => serveText("<html>", { "content-type": "text/html" }), "application/json"],
    ["that is no object", () => serveText("[]"), "JSON object"],
    ["that is no JSON", () => serveText("{"), "JSON object"],
    ["with a secret", () => serve({ client_secret: "x" }), "client_secret"],
    ["with a secret's method", () => serve({ token_endpoint_auth_method: "client_secret_post" }), "private_key_jwt"],
    ["with plain http", () => serve({ redirect_uris: ["http://agent.example/cb"] }), "https"],
    ["without redirect URIs", () => serve({ redirect_uris: undefined }), "redirect_uris"],
    ["with a wrong type", () => serve({ client_name: {} }), "client_name"],
  ])("%s", async (_, change, text) => {
    change();
    await expectRejected(new RegExp(text));
    expect(await db().oAuthClient.count({ where: { appId: app.id, id: url } })).toBe(0);
  });

  it.each(["https://10.0.0.1/client", "https://169.254.169.254/latest/meta-data/", "https://[fe80::1]/client"])(
    "at the private address %s",
    async (address) => {
      url = address;
      await expectRejected(/private or reserved network/);
    },
  );

  it("and leaves an explained event", async () => {
    const observed = await someApp();
    await set({ client_metadata_documents: "any" }, observed);
    serve({ client_id: "https://other.example/" });
    await open(observed);
    const events = await db().auditEvent.findMany({ where: { appId: observed.id, type: "oauth.rejected" } });
    expect(events).toMatchObject([{ reason: "invalid_client" }]);
    expect(events[0]?.explanation).toMatchObject({ description: expect.stringContaining("another client_id") });
  });

  it("for ten seconds without another fetch, and is accepted once it is right", async () => {
    serve({ client_id: "https://other.example/" });
    await expectRejected("another client_id");
    await expectRejected("another client_id");
    expect(requests).toBe(1);
    serve();
    later(11_000);
    expect(screenOf(await open())).toBe("signin");
  });

  it("after 60 new ones of an IP address in an hour", async () => {
    const [limited, ip] = [await someApp(), newIpAddress()];
    await set({ client_metadata_documents: "any" }, limited);
    serveText("{}", {}, 404);
    const at = (path: number) => send(authorizeUrl({ ...client(limited), id: `${url}/${path}` }), { ip });
    for (let path = 0; path < 60; path++) expect((await at(path)).status).toBe(400);
    expect((await at(60)).status).toBe(429);
    expect(requests).toBe(60);
  });
});

describe("a document that changes", () => {
  const MINUTE = 60_000;

  it.each([
    ["without headers", {}, 5],
    ["max-age=10", { "cache-control": "max-age=10" }, 5],
    ["no-store", { "cache-control": "no-store, max-age=86400" }, 5],
    ["max-age=3600", { "cache-control": "public, max-age=3600" }, 60],
    ["max-age of a year", { "cache-control": "max-age=31536000" }, 24 * 60],
  ])("applies when it has expired: %s", async (_, headers, minutes) => {
    serve({}, headers);
    await open();
    serve({ redirect_uris: [`${REDIRECT}/new`] }, headers);
    later((minutes - 1) * MINUTE);
    expect(screenOf(await open())).toBe("signin");
    later(2 * MINUTE);
    await expectRejected("redirect_uri is not registered");
    expect(requests).toBe(2);
  });

  it("keeps the consent that was asked before", async () => {
    serve(offline);
    await getTokens(client(), browser);
    later(6 * MINUTE);
    serve({ ...offline, client_name: "Renamed" });
    const interaction = await beginConsent(browser, client(), { prompt: "consent" });
    expect((await allow(browser, interaction)).headers.get("location")).toContain(`${REDIRECT}?code=`);
    const row = await db().oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: url } } });
    expect(row.name).toBe("Renamed");
  });

  it("that is gone or names another ID is rejected, also for a refresh", async () => {
    for (const change of [() => serveText("", {}, 410), () => serve({ client_id: `https://${HOST}/` })]) {
      url = newUrl();
      serve(offline);
      const tokens = await getTokens(client(), new Browser(app));
      change();
      later(6 * MINUTE);
      expectOAuthError(await refreshTokens(client(), tokens.refresh_token), 401, "invalid_client");
      await expectRejected("metadata document");
    }
  });

  it("is used for another day while its host is down, with a fetch every ten seconds at most", async () => {
    serve(offline);
    const tokens = await getTokens(client(), browser);
    serveText("", {}, 503);
    later(6 * MINUTE);
    requests = 0;
    expect((await refreshTokens(client(), tokens.refresh_token)).status).toBe(200);
    expect(screenOf(await open())).toBe("signin");
    expect(requests).toBe(1);
    later(25 * 60 * MINUTE);
    await expectRejected("status 503");
  });
});

it("is a client in the API, under its encoded URL, and in its lists", async () => {
  const listed = await someApp();
  await set({ mcp: true }, listed);
  await open(listed);
  url = newUrl();
  serve();
  await open(listed);
  const first = await manage(listed, "GET", "/clients?limit=1");
  expect(first.body).toMatchObject({ data: [{ client_id: url, source: "cimd" }] });
  const cursor: string = first.body.next_cursor;
  expect(cursor.replace(/^\d+\./, "")).toBe(url);
  const second = await manage(listed, "GET", `/clients?limit=1&cursor=${encodeURIComponent(cursor)}`);
  expect(second.body).toMatchObject({ data: [{ source: "cimd" }], next_cursor: null });
  const path = `/clients/${encodeURIComponent(url)}`;
  expect((await manage(listed, "GET", path)).body).toMatchObject({ client_id: url });
  expect((await manage(app, "GET", path)).status).toBe(404);
  expect((await manage(listed, "DELETE", path)).status).toBe(204);
  requests = 0;
  expect((await manage(listed, "GET", path)).status).toBe(404);
  expect(requests).toBe(0);
});

it("a document of one app is no client of another", async () => {
  await open();
  const neighbor = await someApp();
  expect((await open(neighbor)).status).toBe(400);
  const form = { grant_type: "refresh_token", refresh_token: "x", client_id: url };
  expectOAuthError(await send(`/o/${neighbor.id}/token`, { form }), 401, "invalid_client");
});
