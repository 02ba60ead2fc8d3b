/** Cookies of the hosted pages: few per request however many apps a browser uses, and earlier ones. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/database/client";
import { browserCookieName, earlierBrowserCookieName } from "@/lib/oauth/authorize/interaction";
import { earlierSessionCookieName, sessionCookieName } from "@/lib/sessions/cookie";
import { someApp, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import {
  authorize,
  authorizeFields,
  authorizeUrl,
  Browser,
  begin,
  encode,
  locationOf,
  REDIRECT_URI,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";
import { appCookieName, appCookiePath, hostCookieName } from "../cookies";

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app, { first_party: true });
});

async function signedIn(): Promise<Browser> {
  const browser = new Browser(app);
  await authorize(browser, client);
  return browser;
}

const silent = () => authorizeUrl(client, { prompt: "none" });

describe("the cookies of a signed-in browser", () => {
  it("are the session's, for the app's own paths, and one that all apps share", async () => {
    const browser = await signedIn();
    expect([...browser.cookies.keys()].sort()).toEqual([browserCookieName(), sessionCookieName(app.id)].sort());
    const lines = browser.received.filter((line) => line.startsWith(sessionCookieName(app.id)));
    for (const line of lines) expect(line).toContain(`; Path=/o/${app.id}; HttpOnly; SameSite=Lax`);
    const binding = browser.received.filter((line) => line.startsWith(browserCookieName()));
    for (const line of binding) expect(line).toContain("; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000");
    expect(new Set(binding).size).toBe(1);
  });

  it("have a prefix over https: __Host- for the browser, __Secure- for a cookie with a path", () => {
    vi.stubEnv("PUBLIC_URL", "https://auth.example.com");
    forgetState("env");
    expect([hostCookieName("a"), appCookieName("a"), appCookiePath("app_x")]).toEqual([
      "__Host-a",
      "__Secure-a",
      "/o/app_x",
    ]);
    expect(browserCookieName()).toMatch(/^__Host-/);
    expect(sessionCookieName("app_x")).toMatch(/^__Secure-/);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    forgetState("env");
  });

  it("are removed by signing out", async () => {
    const browser = await signedIn();
    await browser.submit("account/signout", {});
    expect([...browser.cookies.keys()]).toEqual([browserCookieName()]);
  });

  it("say nothing to another app, which sees the same browser signed out", async () => {
    const browser = await signedIn();
    const other = await someClient(await someApp(), { first_party: true });
    const answer = await browser.open(authorizeUrl(other, { prompt: "none" }));
    expect(locationOf(answer).searchParams.get("error")).toBe("login_required");
  });
});

describe("/o/authorize, whose path names no app", () => {
  const path = (changes = {}) => `/o/authorize?${encode(authorizeFields(client, changes))}`;

  it("redirects a browser that may be signed in to the app's own path, where its session is known", async () => {
    const browser = await signedIn();
    const answer = await browser.open(path());
    expect(locationOf(answer).pathname).toBe(`/o/${app.id}/authorize`);
    expect(locationOf(await browser.open(locationOf(answer).href)).searchParams.get("code")).toBeTruthy();
  });

  it("answers directly where there can be no session", async () => {
    expect(screenOf(await new Browser(app).open(path()))).toBe("signin");
    const answer = await new Browser(app).open(path({ prompt: "none" }));
    expect(answer.headers.get("location")).toContain(`${REDIRECT_URI}?error=login_required`);
    const browser = await signedIn();
    expect((await browser.open(path({ client_id: "cli_unknown" }))).status).toBe(400);
  });
});

describe("cookies of version 0.1", () => {
  async function upgraded(): Promise<Browser> {
    const [now, before] = [await signedIn(), new Browser(app)];
    before.cookies.set(earlierSessionCookieName(app.id), now.cookies.get(sessionCookieName(app.id)) ?? "");
    before.cookies.set(earlierBrowserCookieName(app.id), now.cookies.get(browserCookieName()) ?? "");
    return before;
  }

  it("keep the user signed in, also at /o/authorize", async () => {
    const browser = await upgraded();
    for (const url of [silent(), `/o/authorize?${encode(authorizeFields(client))}`])
      expect(locationOf(await browser.open(url)).searchParams.get("code")).toBeTruthy();
  });

  it("keep a pending sign-in, and the next sign-in replaces them and the session", async () => {
    const browser = await upgraded();
    const old = browser.cookies.get(earlierSessionCookieName(app.id))?.split(".")[0] ?? "";
    const interaction = await begin(browser, client, { prompt: "login" });
    expect(browser.cookies.has(earlierBrowserCookieName(app.id))).toBe(false);
    await browser.signUp(interaction);
    expect([...browser.cookies.keys()].sort()).toEqual([browserCookieName(), sessionCookieName(app.id)].sort());
    const row = await db().session.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: old } } });
    expect(row.revokedReason).toBe("replaced");
  });

  it("are removed by signing out", async () => {
    const browser = await upgraded();
    await browser.submit("account/signout", {});
    expect(browser.cookies.has(earlierSessionCookieName(app.id))).toBe(false);
    expect(locationOf(await browser.open(silent())).searchParams.get("error")).toBe("login_required");
  });
});

describe("a sign-in by magic link", () => {
  it("replaces the session that the browser had", async () => {
    const browser = await signedIn();
    const before = await browser.session();
    await browser.submit("magic-link", {
      interaction: await begin(browser, client, { prompt: "login" }),
      email: browser.email,
    });
    const { token } = await lastMail(browser.email);
    await browser.submit("magic-link/link", { token });
    expect((await browser.session()).id).not.toBe(before.id);
    const row = await db().session.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: before.id } } });
    expect(row.revokedAt).not.toBeNull();
  });
});
