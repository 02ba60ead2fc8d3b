/** Requests with prompt=none (OIDC Core §3.1.2.1), which clients often send in a hidden frame. */
import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  authorizeUrl,
  Browser,
  changeClient,
  locationOf,
  screenOf,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

const LOCAL = "http://localhost:3000/api/callback";

let app: TestApp;
let client: TestClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app, { redirect_uris: ["https://photos.example/cb", "https://app.photos.example/cb"] });
  bob = new Browser(app);
  await authorize(bob, client);
});

async function ask(browser: Browser, of: TestClient, changes: Record<string, string> = {}) {
  const { searchParams } = locationOf(await browser.open(authorizeUrl(of, { prompt: "none", ...changes })));
  return Object.fromEntries(searchParams);
}

describe("the form_post page of a request with prompt=none", () => {
  const ancestors = async (browser: Browser, changes: Record<string, string>) => {
    const answer = await browser.open(authorizeUrl(client, { response_mode: "form_post", ...changes }));
    expect(answer.status).toBe(200);
    return /frame-ancestors (.*)$/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
  };
  const origins = "https://photos.example https://app.photos.example";

  it.each<[string, () => Browser, Record<string, string>]>([
    ["a code", () => bob, { prompt: "none" }],
    ["login_required", () => new Browser(app), { prompt: "none" }],
    ["an error of the request", () => new Browser(app), { prompt: "none", response_type: "token" }],
  ])("with %s may be embedded by pages of the client's redirect URIs only", async (_, browser, changes) =>
    expect(await ancestors(browser(), changes)).toBe(origins),
  );

  it("cannot be embedded without prompt=none", async () => expect(await ancestors(bob, {})).toBe("'none'"));
});

describe("the error of a request with prompt=none says", () => {
  it("that no user is signed in, or that cookies are blocked", async () =>
    expect(await ask(new Browser(app), client)).toMatchObject({
      error: "login_required",
      error_description: expect.stringMatching(/^No user is signed in in this browser, or it blocks cookies/),
    }));

  it("that the sign-in is too old", async () =>
    expect(await ask(bob, client, { max_age: "0" })).toMatchObject({
      error: "login_required",
      error_description: expect.stringMatching(/older than max_age/),
    }));

  it("which scopes lack consent", async () => {
    const wide = await someClient(app, { scopes: ["openid", "photos:read"] });
    expect((await ask(bob, wide)).error_description).toMatch(/^The user has not consented to this client\./);
    await authorize(bob, wide, { scope: "openid" });
    expect(await ask(bob, wide, { scope: "openid photos:read" })).toMatchObject({
      error: "consent_required",
      error_description: expect.stringMatching(/^The user has not consented to photos:read\./),
    });
  });

  it("that a public client with a loopback redirect URI needs consent each time (RFC 8252 §8.6)", async () => {
    const native = await someClient(app, { public: true, redirect_uris: [LOCAL] });
    await authorize(bob, native);
    expect(await ask(bob, native)).toMatchObject({
      error: "consent_required",
      error_description: expect.stringMatching(/^A public client with a loopback or custom-scheme redirect URI/),
    });
    expect(screenOf(await bob.open(authorizeUrl(native)))).toBe("consent");
  });
});

describe("the consent to a client with a secret at http://localhost", () => {
  it("is remembered, with and without prompt=none", async () => {
    const local = await someClient(app, { redirect_uris: [LOCAL] });
    await authorize(bob, local);
    expect((await ask(bob, local)).code).toBeTruthy();
    expect(locationOf(await bob.open(authorizeUrl(local))).searchParams.get("code")).toBeTruthy();
  });

  it("is asked for again for a new scope, and for another user", async () => {
    const local = await someClient(app, { redirect_uris: [LOCAL] });
    await authorize(bob, local);
    await changeClient(local, { scopes: ["openid", "photos:read"] });
    expect(screenOf(await bob.open(authorizeUrl(local, { scope: "openid photos:read" })))).toBe("consent");
    const carol = new Browser(app);
    await authorize(carol, client);
    expect((await ask(carol, local)).error).toBe("consent_required");
  });
});
