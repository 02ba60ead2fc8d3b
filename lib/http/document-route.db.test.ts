/** Public documents: the bytes that server.ts sends by itself are those of the handler, and stay current. */
import { once } from "node:events";
import { Agent, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { rotateSigningKey } from "@/lib/apps/key-rotation";
import { freezeClock, nowMs } from "@/lib/clock";
import { invalidate, startCacheListener, stopCacheListener } from "@/lib/database/cache";
import { pool } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { GET as getMetadata } from "../../app/o/[app]/.well-known/openid-configuration/route";
import { GET as getJwks } from "../../app/o/[app]/jwks/route";
import { createHttpServer, stopHttpServer } from "../server/http-server";
import { createListener } from "../server/listener";
import { createRouter } from "./router";

const server = createHttpServer(
  createListener(
    createRouter([
      { path: "/o/[app]/jwks", module: { GET: getJwks } },
      { path: "/o/[app]/.well-known/openid-configuration", module: { GET: getMetadata } },
    ]),
    async (_request, response) => void response.end(),
  ),
);
let base = "";
let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [app, otherApp] = [await someApp(), await someApp()];
  await startCacheListener();
});
afterAll(async () => {
  await stopCacheListener();
  await stopHttpServer(server);
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });
const DOCUMENTS = ["jwks", ".well-known/openid-configuration"];
const IGNORED = new Set(["x-request-id", "date"]);
const comparable = async (response: Response) => ({
  status: response.status,
  headers: [...response.headers].filter(([name]) => !IGNORED.has(name)),
  body: await response.text(),
});

describe.each(DOCUMENTS)("the document %s", (document) => {
  it("is the same when its handler answers and when it is prepared", async () => {
    invalidate(app.id);
    const handled = await comparable(await get(`/o/${app.id}/${document}`));
    const module = document === "jwks" ? getJwks : getMetadata;
    expect(module.prepared?.({ app: app.id })?.text).toBe(handled.body);
    const response = await get(`/o/${app.id}/${document}`);
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(await comparable(response)).toEqual(handled);
    expect(handled.headers).toContainEqual(["cache-control", "public, max-age=300"]);
  });

  it("answers 304 without a body to its ETag, prepared or not, and 200 to another one (RFC 9110 §13.1.2)", async () => {
    const etag = (await get(`/o/${app.id}/${document}`)).headers.get("etag") as string;
    for (const isPrepared of [true, false]) {
      for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        if (!isPrepared) invalidate(app.id);
        const response = await get(`/o/${app.id}/${document}`, { "If-None-Match": sent });
        expect([response.status, await response.text(), response.headers.get("etag")]).toEqual([304, "", etag]);
        expect(response.headers.get("cache-control")).toBe("public, max-age=300");
      }
      expect((await get(`/o/${app.id}/${document}`, { "If-None-Match": '"other"' })).status).toBe(200);
    }
  });

  it("belongs to its app: another app has another ETag", async () => {
    const [ours, theirs] = [await get(`/o/${app.id}/${document}`), await get(`/o/${otherApp.id}/${document}`)];
    expect(ours.headers.get("etag")).not.toBe(theirs.headers.get("etag"));
    expect(await ours.text()).not.toBe(await theirs.text());
  });
});

it("a request with a body gets the document too, and the connection stays usable", async () => {
  await get(`/o/${app.id}/jwks`);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answer = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = sendRequest(`${base}/o/${app.id}/jwks`, { agent, method: "GET" }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode));
      });
      request.setHeader("Content-Length", 2);
      request.once("error", reject).end("{}");
    });
  expect([await answer(), await answer()]).toEqual([200, 200]);
  agent.destroy();
});

it("a prepared document changes with the configuration: a new key is in the next response", async () => {
  const before = await get(`/o/${app.id}/jwks`);
  await rotateSigningKey(app.id, "ES256", { type: "operator" });
  const after = await get(`/o/${app.id}/jwks`);
  expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
  expect((await after.json()).keys.length).toBeGreaterThan((await before.json()).keys.length);
});

describe("while the database is unavailable", () => {
  /** Every new use of a connection fails, and nothing is in the cache. */
  function loseDatabase() {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    vi.spyOn(pool(), "connect").mockImplementation(((callback?: (error: Error) => void) =>
      callback ? callback(refused) : Promise.reject(refused)) as never);
  }
  afterEach(() => vi.restoreAllMocks());

  it.each(DOCUMENTS)("%s is sent as it was for an hour, then 503", async (document) => {
    const path = `/o/${app.id}/${document}`;
    const before = await comparable(await get(path));
    const at = nowMs();
    loseDatabase();
    for (const minutes of [0, 11, 59]) {
      freezeClock(new Date(at + minutes * 60_000));
      invalidate(app.id);
      expect(await comparable(await get(path))).toEqual(before);
      expect(await comparable(await get(path))).toEqual(before);
      expect((await get(path, { "If-None-Match": "*" })).status).toBe(304);
    }
    freezeClock(new Date(at + 61 * 60_000));
    const response = await get(path);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    expect((await get(`/o/app_neverasked0000/${document}`)).status).toBe(503);
  });

  it("the hour begins with the last time that a document was sent as the current one", async () => {
    const own = await someApp();
    const path = `/o/${own.id}/jwks`;
    const at = nowMs();
    freezeClock(new Date(at));
    const before = await comparable(await get(path));
    // From memory, without its handler.
    freezeClock(new Date(at + 4000));
    expect(await comparable(await get(path))).toEqual(before);
    loseDatabase();
    invalidate(own.id);
    freezeClock(new Date(at + 60 * 60_000 + 2000));
    expect(await comparable(await get(path))).toEqual(before);
    freezeClock(new Date(at + 60 * 60_000 + 5000));
    expect((await get(path)).status).toBe(503);
  });

  it("a change counts as soon as the database is back", async () => {
    const path = `/o/${otherApp.id}/jwks`;
    const before = await (await get(path)).text();
    loseDatabase();
    invalidate(otherApp.id);
    expect(await (await get(path)).text()).toBe(before);
    vi.restoreAllMocks();
    await rotateSigningKey(otherApp.id, "ES256", { type: "operator" });
    freezeClock(new Date(nowMs() + 3000));
    expect(await (await get(path)).text()).not.toBe(before);
  });
});

it("nothing is prepared for an app that doesn't exist", async () => {
  expect((await get("/o/app_nowhere00000/jwks")).status).toBe(404);
  expect(getJwks.prepared?.({ app: "app_nowhere00000" })).toBeUndefined();
});
