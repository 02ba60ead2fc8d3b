/** The way to a provider: where the browser goes, what binds it, and what is refused before it leaves. */
import { beforeAll, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { createConnection } from "@/lib/social/connections";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, newIpAddress, OPERATOR, send } from "@/test/support/oauth";
import { arrivedAt, chooseAt, connectGitHub, lastEventOf, RETURN_URL, standIn, startPath } from "@/test/support/social";
import { GET } from "./route";

let app: TestApp;
beforeAll(async () => {
  app = await someApp("Blog");
  await connectGitHub(app);
});

const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const JSON_ONLY = { accept: "application/json" };

describe("a browser", () => {
  it("is redirected to the provider by 302, with PKCE S256 and a state bound by a cookie", async () => {
    const browser = new Browser(app);
    const answer = await browser.open(startPath(app));
    expect(answer.status).toBe(302);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const page = new URL(answer.headers.get("location") ?? "");
    expect(page.origin + page.pathname).toBe(`${(await standIn()).url}/login/oauth/authorize`);
    expect(Object.fromEntries(page.searchParams)).toEqual({
      response_type: "code",
      client_id: "the-client",
      redirect_uri: `http://localhost:8000/api/auth/callback/github/${app.id}`,
      scope: "read:user user:email",
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    expect(browser.received).toEqual([
      expect.stringMatching(/^foyer-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/),
    ]);
  });

  it("keeps its cookie, so that two tabs both succeed", async () => {
    const browser = new Browser(app);
    const pages = [];
    for (const state of ["one", "two"]) {
      const answer = await browser.open(startPath(app, { state }));
      pages.push(answer.headers.get("location") ?? "");
    }
    expect(new Set(pages.map((page) => new URL(page).searchParams.get("state"))).size).toBe(2);
    for (const [index, state] of [
      [1, "two"],
      [0, "one"],
    ] as const) {
      const answer = await browser.open(await chooseAt(pages[index] ?? ""));
      expect(arrivedAt(answer)).toMatchObject({ token: expect.any(String), state });
    }
  });

  it("returns to the connection's first URL without a redirect_uri, and without a state if none was sent", async () => {
    const browser = new Browser(app);
    const answer = await browser.open(`/api/auth/github/${app.id}`);
    const home = await browser.open(await chooseAt(answer.headers.get("location") ?? ""));
    expect(Object.keys(arrivedAt(home))).toEqual(["token"]);
  });

  it("can return to one of the app's return URLs", async () => {
    const own = "myapp://signed-in";
    await updateApp(app.id, { settings: { return_urls: [own] } }, OPERATOR);
    const browser = new Browser(app);
    const answer = await browser.open(startPath(app, { redirect_uri: own }));
    const home = await browser.open(await chooseAt(answer.headers.get("location") ?? ""));
    expect(home.headers.get("location")).toMatch(/^myapp:\/\/signed-in\?token=/);
  });

  it("is redirected to Google without discovery", async () => {
    const google = {
      provider: "google",
      client_id: "id.apps.googleusercontent.com",
      client_secret: "GOCSPX-x",
    } as const;
    await createConnection(await getApp(app.id), { ...google, redirect_uris: [RETURN_URL] }, OPERATOR);
    const answer = await new Browser(app).open(startPath(app, { connection: "google" }));
    const page = new URL(answer.headers.get("location") ?? "");
    expect(page.origin + page.pathname).toBe("https://accounts.google.com/o/oauth2/v2/auth");
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      ...{ client_id: google.client_id, scope: "openid email profile", code_challenge_method: "S256" },
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe("a program that asks for JSON", () => {
  it("gets Foyer's URL for the browser, and stores nothing", async () => {
    const before = await db().oneTimeToken.count();
    const answer = await send(startPath(app), { headers: JSON_ONLY });
    expect(answer).toMatchObject({ status: 200, body: { url: expect.any(String) } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await db().oneTimeToken.count()).toBe(before);
    const { origin, pathname, searchParams } = new URL(answer.body.url);
    expect([origin, pathname]).toEqual(["http://localhost:8000", `/api/auth/github/${app.id}`]);
    expect(Object.fromEntries(searchParams)).toEqual({ redirect_uri: RETURN_URL, state: "the caller's" });
    expect((await new Browser(app).open(answer.body.url)).status).toBe(302);
  });

  it.each([
    ["an unknown connection", (id: string) => `/api/auth/nothing/${id}`, 404, "not_found"],
    ["an unknown App", () => "/api/auth/github/app_00000000000000", 404, "not_found"],
    ["the App of the developers", () => "/api/auth/github/app_foyer", 404, "not_found"],
    [
      "a foreign redirect_uri",
      (id: string) => `/api/auth/github/${id}?redirect_uri=https://evil.example/`,
      400,
      "invalid_request",
    ],
    ["a state of 3 KB", (id: string) => `/api/auth/github/${id}?state=${"s".repeat(3000)}`, 400, "invalid_request"],
    ["a parameter twice", (id: string) => `/api/auth/github/${id}?state=a&state=b`, 400, "invalid_request"],
    ["NUL", (id: string) => `/api/auth/github/${id}?state=a%00b`, 400, "invalid_request"],
  ])("gets an error for %s", async (_title, path, status, code) => {
    expectError(await send(path(app.id), { headers: JSON_ONLY }), status, code);
    // The same as a page, and never a redirect, for a browser.
    const page = await send(path(app.id), { headers: HTML });
    expect(page.status).toBe(status);
    expect(page.headers.get("location")).toBeNull();
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.body).toContain(code);
  });
});

describe("a redirect_uri", () => {
  it.each([
    "https://blog.example/signed-in",
    "https://blog.example/signed-in?from=github&more=1",
    "https://blog.example/signed-in?from=github#x",
    "https://BLOG.example/signed-in?from=github",
    "https://blog.example.evil.example/signed-in?from=github",
    "https://blog.example@evil.example/signed-in?from=github",
    "//evil.example",
    "/dashboard",
    "javascript:alert(1)",
  ])("must be the registered one character by character, not %s", async (redirect_uri) => {
    const answer = await send(startPath(app, { redirect_uri }));
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toEqual({ redirect_uri: expect.any(String) });
    expect(await lastEventOf(app, "social.failed")).toMatchObject({ reason: "redirect_uri_not_registered" });
  });

  it("that is wrong shows users no instructions for the app's owner", async () => {
    const path = startPath(app, { redirect_uri: "https://evil.example/" });
    const page = await send(path, { headers: HTML });
    expect(page.status).toBe(400);
    expect(page.body).toContain("This link isn’t set up correctly. Contact Blog.");
    expect(page.body).not.toMatch(/dashboard|foyer apps/);
  });

  it("of another app is rejected", async () => {
    const otherApp = await someApp("Other");
    await connectGitHub(otherApp, { redirect_uris: ["https://other-app.example/"] });
    expectError(await send(startPath(app, { redirect_uri: "https://other-app.example/" })), 400, "invalid_request");
  });

  it("is required if no URL is registered", async () => {
    const bare = await someApp("Bare");
    await connectGitHub(bare, { redirect_uris: [] });
    expectError(await send(`/api/auth/github/${bare.id}`), 400, "invalid_request");
  });
});

it("a disabled connection is rejected", async () => {
  await connectGitHub(app, { connection: "off", enabled: false });
  expectError(await send(startPath(app, { connection: "off" })), 403, "connection_disabled");
});

it("one IP address may start 120 sign-ins a minute", async () => {
  const ip = newIpAddress();
  const start = () => call(GET, { params: { app_id: app.id, connection: "github" }, path: startPath(app), ip });
  const all = await Promise.all(Array.from({ length: 122 }, start));
  expect(all.filter(({ status }) => status === 302)).toHaveLength(120);
  const rejected = all.filter(({ status }) => status === 429);
  expect(rejected).toHaveLength(2);
  for (const answer of rejected) expectError(answer, 429, "rate_limited");
});
