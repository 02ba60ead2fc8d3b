/** UserInfo endpoint (OIDC Core §5.3, RFC 6750). */
import { beforeAll, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  Browser,
  basic,
  expectOAuthError,
  getTokens,
  OPENID,
  post,
  send,
  someClient,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

let app: TestApp;
let otherApp: TestApp;
let client: TestClient;
let bob: Browser;
let tokens: Tokens;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  client = await someClient(app);
  bob = new Browser(app);
  tokens = await getTokens(client, bob);
});

const AT = () => [`/o/${app.id}/userinfo`, "/o/userinfo"];

describe("the UserInfo endpoint", () => {
  it("responds to GET, to POST with the header, and to POST with the token in the body (RFC 6750 §2.1, §2.2)", async () => {
    const bearer = tokens.access_token;
    const expected = {
      sub: await bob.userId(),
      email: bob.email,
      email_verified: false,
      updated_at: expect.any(Number),
    };
    for (const at of AT()) {
      const ways = [
        { bearer },
        { bearer, method: "POST" as const },
        { bearer, form: "" },
        { form: { access_token: bearer } },
      ];
      for (const options of ways) {
        const { status, body, headers } = await send(at, options);
        expect(status).toBe(200);
        expect(body).toEqual(expected);
        expect(headers.get("cache-control")).toBe("no-store");
      }
    }
  });

  it.each([
    ["openid", ["sub"]],
    ["openid email", ["sub", "email", "email_verified"]],
    [OPENID, ["sub", "updated_at", "email", "email_verified"]],
  ])("returns for the scope %s the claims %j (OIDC Core §5.4)", async (scope, names) => {
    const { access_token } = await getTokens(client, bob, { scope });
    expect(Object.keys((await send("/o/userinfo", { bearer: access_token })).body).sort()).toEqual([...names].sort());
  });

  it("returns individually requested claims (OIDC Core §5.5) if they were requested for UserInfo", async () => {
    const claims = JSON.stringify({ userinfo: { email: null, metadata: null } });
    const { access_token, id_token } = await getTokens(client, bob, { scope: "openid", claims });
    expect((await send("/o/userinfo", { bearer: access_token })).body).toEqual({
      sub: await bob.userId(),
      email: bob.email,
    });
    expect(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString()).not.toContain(bob.email);
  });
});

describe("the claims phone_number and address", () => {
  const address = { street_address: "1 Main St\nApt 2", locality: "Springfield", country: "US" };
  const contact = { phone_number: "+12025550123", phone_number_verified: true };
  const all = { ...contact, address };

  async function ask(scope: string, changes = {}) {
    const own = await someClient(app, { scopes: ["openid", "email", "phone", "address"] });
    const dave = new Browser(app);
    await getTokens(own, dave);
    const changed = await manage(app, "PATCH", `/users/${await dave.userId()}`, { body: all });
    expect(changed).toMatchObject({ status: 200, body: all });
    const { access_token, id_token } = await getTokens(own, dave, { scope, ...changes });
    const [userinfo, me] = await Promise.all(
      ["/o/userinfo", "/api/me"].map((path) => send(path, { bearer: access_token })),
    );
    const [, payload = ""] = id_token.split(".");
    return [userinfo?.body, me?.body, JSON.parse(Buffer.from(payload, "base64url").toString())].map((claims) =>
      Object.fromEntries(Object.entries(claims).filter(([name]) => /^(phone|address)/.test(name))),
    );
  }

  it.each<[string, object]>([
    ["openid phone", contact],
    ["openid address", { address }],
    ["openid phone address", all],
    ["openid email", {}],
  ])("are returned for the scope %j as %j (OIDC Core §5.4)", async (scope, expected) => {
    expect(await ask(scope)).toEqual([expected, expected, expected]);
  });

  it("are returned if they were requested individually (OIDC Core §5.5)", async () => {
    const claims = JSON.stringify({ userinfo: { phone_number: null } });
    const [userinfo, me] = await ask("openid", { claims });
    expect([userinfo, me]).toEqual([{ phone_number: contact.phone_number }, {}]);
  });

  it("are absent while the user has none, and for a client without the scopes", async () => {
    const own = await someClient(app, { scopes: ["openid", "phone", "address"] });
    const { access_token } = await getTokens(own, bob, { scope: "openid phone address" });
    expect(Object.keys((await send("/o/userinfo", { bearer: access_token })).body)).toEqual(["sub"]);
    const { scope } = await getTokens(client, bob, { scope: "openid phone address" });
    expect(scope).toBe("openid");
  });
});

describe("the UserInfo endpoint, with 401 invalid_token (RFC 6750 §3.1),", () => {
  it("rejects a request without a token, and sends no error code", async () => {
    for (const at of AT()) {
      const answer = await send(at);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="foyer"');
    }
    // A token in the URL would be written to logs (RFC 6750 §2.3).
    expect((await send(`/o/userinfo?access_token=${tokens.access_token}`)).status).toBe(401);
  });

  it("rejects a malformed, revoked or expired token, and a token at the path of another app", async () => {
    const revoked = await getTokens(client, bob);
    await post(client, "revoke", { token: revoked.access_token });
    const foreign = await getTokens(await someClient(otherApp));
    for (const bearer of ["nonsense", revoked.access_token, foreign.access_token]) {
      const answer = await send(`/o/${app.id}/userinfo`, { bearer });
      expectOAuthError(answer, 401, "invalid_token");
      expect(answer.headers.get("www-authenticate")).toMatch(
        /^Bearer realm="foyer", error="invalid_token", error_description="[^"]+"$/,
      );
    }
    expect((await send(`/o/${otherApp.id}/userinfo`, { bearer: tokens.access_token })).status).toBe(401);
    freezeClock(new Date(Date.now() + 601_000));
    expect((await send("/o/userinfo", { bearer: tokens.access_token })).status).toBe(401);
  });

  it("rejects a token of a disabled user", async () => {
    const carol = new Browser(app);
    const { access_token } = await getTokens(client, carol);
    const where = { appId_id: { appId: app.id, id: await carol.userId() } };
    await db().user.update({ where, data: { disabledAt: new Date() } });
    expectOAuthError(await send("/o/userinfo", { bearer: access_token }), 401, "invalid_token");
  });
});

it("20 concurrent UserInfo requests get the same response, with the sub of the ID token (OIDC Core §5.3.2)", async () => {
  const sub = JSON.parse(Buffer.from(tokens.id_token.split(".")[1] ?? "", "base64url").toString()).sub;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => send("/o/userinfo", { bearer: tokens.access_token })),
  );
  for (const { status, body } of answers) expect([status, body.sub]).toEqual([200, sub]);
});

it("the UserInfo endpoint rejects a token without openid with 403, and names the scope (RFC 6750 §3.1)", async () => {
  const { access_token } = await getTokens(client, bob, { scope: "email" });
  const answer = await send("/o/userinfo", { bearer: access_token });
  expectOAuthError(answer, 403, "insufficient_scope");
  expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  expect(answer.headers.get("www-authenticate")).toContain('scope="openid"');
});

it("the UserInfo endpoint rejects a token sent twice with 400 invalid_request (RFC 6750 §2, §3.1)", async () => {
  const bearer = tokens.access_token;
  const twice = await send("/o/userinfo", { bearer, form: { access_token: bearer } });
  expectOAuthError(twice, 400, "invalid_request");
  expect(twice.headers.get("www-authenticate")).toBe('Bearer realm="foyer", error="invalid_request"');
  expectOAuthError(await send("/o/userinfo", { form: { access_token: [bearer, bearer] } }), 400, "invalid_request");
});

describe("CORS", () => {
  const origin = "https://photos.example";

  it("allows the client's page to read responses and errors, but never with credentials", async () => {
    const cases = [...AT().map((at) => [at, tokens.access_token]), [`/o/${app.id}/userinfo`, "nonsense"]] as const;
    for (const [at = "", bearer] of cases) {
      const { headers } = await send(at, { bearer, headers: { origin } });
      expect(headers.get("access-control-allow-origin")).toBe(origin);
      expect(headers.get("vary")).toContain("Origin");
      expect(headers.get("access-control-expose-headers")).toContain("WWW-Authenticate");
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it.each([
    "https://evil.example",
    "http://photos.example",
    "https://photos.example:444",
    "https://photos.example.evil.example",
    "null",
  ])("does not allow a page of %s", async (foreign) => {
    const { status, headers } = await send(`/o/${app.id}/userinfo`, {
      bearer: tokens.access_token,
      headers: { origin: foreign },
    });
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("does not allow a page of another client if the client is known", async () => {
    const other = await someClient(app, { redirect_uris: ["https://other.example/cb"] });
    const headers = { origin: "https://other.example" };
    const refused = [
      ...AT().map((at) => send(at, { bearer: tokens.access_token, headers })),
      ...["token", "revoke"].map((endpoint) => send(`/o/${endpoint}`, { form: { client_id: client.id }, headers })),
    ];
    for (const answer of await Promise.all(refused))
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    const own = await send("/o/token", { form: { client_id: other.id }, headers });
    expect(own.headers.get("access-control-allow-origin")).toBe("https://other.example");
  });

  it("does not allow a page of another app's client", async () => {
    await someClient(otherApp, { redirect_uris: ["https://other-app.example/cb"] });
    const headers = { origin: "https://other-app.example" };
    for (const endpoint of ["token", "revoke"]) {
      const form = { client_id: client.id };
      const here = await send(`/o/${app.id}/${endpoint}`, { form, headers });
      expect(here.headers.get("access-control-allow-origin")).toBeNull();
      const there = await send(`/o/${otherApp.id}/${endpoint}`, { form, headers });
      expect(there.headers.get("access-control-allow-origin")).toBe("https://other-app.example");
    }
  });

  it("allows a page of a new client immediately", async () => {
    await send(`/o/${app.id}/token`, { form: {}, headers: { origin: "https://new.example" } });
    await someClient(app, { redirect_uris: ["https://new.example/cb"] });
    const { headers } = await send(`/o/${app.id}/token`, { form: {}, headers: { origin: "https://new.example" } });
    expect(headers.get("access-control-allow-origin")).toBe("https://new.example");
  });

  it("does not allow the origin null for a custom scheme", async () => {
    await someClient(app, { application_type: "native", public: true, redirect_uris: ["com.example.app:/cb"] });
    const { headers } = await send(`/o/${app.id}/token`, { form: {}, headers: { origin: "null" } });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("responds to preflight requests of token, revoke and userinfo without credentials, but not of introspection", async () => {
    for (const endpoint of ["token", "revoke", "userinfo"]) {
      for (const at of [`/o/${app.id}/${endpoint}`, `/o/${endpoint}`]) {
        const { status, headers } = await send(at, { method: "OPTIONS", headers: { origin } });
        expect(status).toBe(204);
        expect(headers.get("access-control-allow-methods")).toContain("POST");
        expect(headers.get("access-control-allow-headers")).toMatch(/authorization/i);
        expect(headers.get("access-control-allow-credentials")).toBeNull();
      }
    }
    const { headers } = await send(`/o/${app.id}/token`, { method: "OPTIONS" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
    const evil = { method: "OPTIONS", headers: { origin: "https://evil.example" } } as const;
    for (const id of [app.id, "app_01nowhere00000"])
      expect((await send(`/o/${id}/token`, evil)).headers.get("access-control-allow-origin")).toBeNull();
    const asked = await send("/o/introspect", { form: {}, headers: { ...basic(client), origin } });
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    await expect(send(`/o/${app.id}/introspect`, { method: "OPTIONS", headers: { origin } })).rejects.toThrow(
      "no OPTIONS",
    );
  });
});
