/** Client authentication at the token endpoint (RFC 6749 §2.3, §3.2.1, §5.2). */
import { beforeAll, describe, expect, it } from "vitest";
import { newSecretToken } from "@/lib/crypto/secret-token";
import { db } from "@/lib/database/client";
import type { TestResponse } from "@/test/support/call";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  basic,
  changeClient,
  expectOAuthError,
  newIpAddress,
  randomText,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

const MACHINE = { grant_types: ["client_credentials" as const], redirect_uris: [], scopes: ["photos:read"] };

let app: TestApp;
let otherApp: TestApp;
let client: TestClient;
let spa: TestClient;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  await someScopes(app);
  client = await someClient(app, MACHINE);
  spa = await someClient(app, { public: true });
});

interface Attempt {
  form?: Record<string, string | string[] | undefined>;
  headers?: Record<string, string>;
  at?: string;
  ip?: string;
}

function ask({ form, headers, at = `/o/${app.id}/token`, ip = newIpAddress() }: Attempt): Promise<TestResponse> {
  return send(at, { form: { grant_type: "client_credentials", ...form }, headers, ip });
}

function inBody(of: TestClient): Record<string, string> {
  return { client_id: of.id, client_secret: of.secret ?? "" };
}

describe("client authentication", () => {
  it.each<[string, () => Attempt]>([
    ["client_secret_basic", () => ({ headers: basic(client) })],
    ["client_secret_post", () => ({ form: inBody(client) })],
    ["Basic in lower case (RFC 9110 §11.1)", () => ({ headers: lowerCase(basic(client)) })],
    ["Basic with the same client_id in the body", () => ({ headers: basic(client), form: { client_id: client.id } })],
    ["Basic with form-encoded credentials (RFC 6749 §2.3.1)", () => ({ headers: encodedBasic(client) })],
  ])("accepts %s", async (_, attempt) => {
    for (const at of [`/o/${app.id}/token`, "/o/token"]) {
      const answer = await ask({ ...attempt(), at });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store"); // RFC 6749 §5.1
      expect(answer.headers.get("pragma")).toBe("no-cache");
    }
  });
});

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return { authorization: (headers.authorization ?? "").replace("Basic", "basic") };
}

function encodedBasic({ id, secret }: TestClient): Record<string, string> {
  const percent = (text: string) => text.replace(/_/g, "%5F");
  return basic({ id: percent(id), secret: percent(secret ?? "") });
}

describe("client authentication, with 401 invalid_client (RFC 6749 §5.2),", () => {
  const unknown = () => client.id.replace(/.{6}$/, "000000");
  const cases: [string, () => Attempt][] = [
    [
      "a wrong secret in client_secret_basic",
      () => ({ headers: basic({ id: client.id, secret: newSecretToken("foyer_cs", app.id) }) }),
    ],
    ["an unknown client in client_secret_basic", () => ({ headers: basic({ id: unknown(), secret: client.secret }) })],
    [
      "a wrong secret in client_secret_post",
      () => ({ form: { client_id: client.id, client_secret: "foyer_cs_nonsense" } }),
    ],
    [
      "an unknown client in client_secret_post",
      () => ({ form: { client_id: unknown(), client_secret: client.secret ?? "" } }),
    ],
    ["a client without its secret", () => ({ form: { client_id: client.id } })],
    ["an empty secret", () => ({ form: { client_id: client.id, client_secret: "" } })],
    ["a public client with a secret", () => ({ form: { client_id: spa.id, client_secret: "foyer_cs_nonsense" } })],
    ["a malformed client ID", () => ({ form: { client_id: "x", client_secret: "x" } })],
    ["an API key as a secret", () => ({ headers: basic({ id: client.id, secret: app.apiKey }) })],
    ["another client's secret", () => ({ headers: basic({ id: other.id, secret: client.secret }) })],
    ["this client under the path of another app", () => ({ headers: basic(client), at: `/o/${otherApp.id}/token` })],
  ];
  let other: TestClient;
  beforeAll(async () => {
    other = await someClient(app, MACHINE);
  });

  it.each(cases)("rejects %s", async (_, attempt) => {
    const answer = await ask(attempt());
    expectOAuthError(answer, 401, "invalid_client");
    // A 401 response names the authentication scheme (RFC 9110 §15.5.2).
    expect(answer.headers.get("www-authenticate")).toBe('Basic realm="foyer"');
  });

  it("gives the same response to an unknown client and to a wrong secret, so that client IDs cannot be guessed", async () => {
    const answers = await Promise.all(cases.map(([, attempt]) => ask(attempt())));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  });

  it.each<[string, Attempt]>([
    ["a request without credentials", {}],
    ["Basic without a colon", { headers: { authorization: `Basic ${Buffer.from("nonsense").toString("base64")}` } }],
    ["Basic without a client ID", { headers: { authorization: `Basic ${Buffer.from(":secret").toString("base64")}` } }],
    ["Basic that is not base64", { headers: { authorization: "Basic ???" } }],
    [
      "Basic with an invalid percent encoding",
      { headers: { authorization: `Basic ${Buffer.from("a%:b").toString("base64")}` } },
    ],
    ["a Bearer token", { headers: { authorization: "Bearer x" } }],
  ])("rejects %s", async (_, attempt) => expectOAuthError(await ask(attempt), 401, "invalid_client"));

  it("requires the method that the client is registered with (RFC 7591 §2)", async () => {
    const pinned = await someClient(app, { ...MACHINE, token_endpoint_auth_method: "client_secret_post" });
    expect((await ask({ form: inBody(pinned) })).status).toBe(200);
    expectOAuthError(await ask({ headers: basic(pinned) }), 401, "invalid_client");
    await changeClient(pinned, { token_endpoint_auth_method: "client_secret_basic" });
    expect((await ask({ headers: basic(pinned) })).status).toBe(200);
    expectOAuthError(await ask({ form: inBody(pinned) }), 401, "invalid_client");
  });

  it("rejects a client immediately after it is disabled or deleted", async () => {
    const gone = await someClient(app, MACHINE);
    expect((await ask({ headers: basic(gone) })).status).toBe(200);
    const { deleteClient } = await import("@/lib/oauth/clients/clients");
    await deleteClient(app.id, gone.id, { type: "operator" });
    expectOAuthError(await ask({ headers: basic(gone) }), 401, "invalid_client");
  });

  it("records an event that names the failing client, for every authentication method", async () => {
    for (const at of ["/o/token", `/o/${app.id}/token`]) {
      const failing = await someClient(app, MACHINE);
      await ask({ headers: basic({ id: failing.id, secret: "wrong" }), at });
      const event = await db().auditEvent.findFirst({
        where: { appId: app.id, clientId: failing.id, outcome: "rejected" },
      });
      expect(event).toMatchObject({ type: "oauth.rejected", reason: "invalid_client" });
      expect(JSON.stringify(event)).not.toContain("wrong");
    }
  });
});

describe("the token endpoint, with 400 invalid_request,", () => {
  it.each<[string, () => Attempt]>([
    [
      "two authentication methods in one request (RFC 6749 §2.3)",
      () => ({ headers: basic(client), form: inBody(client) }),
    ],
    ["a client_id that differs from the header", () => ({ headers: basic(client), form: { client_id: spa.id } })],
    [
      "client_id sent twice (RFC 6749 §3.2)",
      () => ({ form: { ...inBody(client), client_id: [client.id, client.id] } }),
    ],
    ["client_secret sent twice", () => ({ form: { client_id: client.id, client_secret: ["a", "b"] } })],
    ["grant_type sent twice", () => ({ headers: basic(client), form: { grant_type: ["client_credentials", "x"] } })],
    ["a request without grant_type", () => ({ headers: basic(client), form: { grant_type: undefined } })],
    ["an empty grant_type (RFC 6749 §3.2)", () => ({ headers: basic(client), form: { grant_type: "" } })],
    ["a NUL character", () => ({ headers: basic(client), form: { scope: "a\0b" } })],
    ["a value of 9 KB", () => ({ headers: basic(client), form: { scope: "a".repeat(9000) } })],
  ])("rejects %s", async (_, attempt) => expectOAuthError(await ask(attempt()), 400, "invalid_request"));

  it.each([
    ["application/json", "{}"],
    ["text/plain", "grant_type=client_credentials"],
    ["multipart/form-data", "grant_type=client_credentials"],
  ])("rejects a body of the type %s (RFC 6749 §3.2: 400, not 415)", async (type, form) => {
    const answer = await send(`/o/${app.id}/token`, { form, headers: { ...basic(client), "content-type": type } });
    expectOAuthError(answer, 400, "invalid_request");
  });

  it("rejects a body over 64 KiB", async () => {
    const form = `filler=${"x".repeat(65_536)}`;
    expectOAuthError(await send(`/o/${app.id}/token`, { form, headers: basic(client) }), 400, "invalid_request");
  });

  it("does not read credentials in the URL (RFC 6749 §2.3.1)", async () => {
    const form = { grant_type: "client_credentials" };
    const at = `/o/${app.id}/token?${new URLSearchParams(inBody(client))}`;
    expectOAuthError(await send(at, { form }), 401, "invalid_client");
  });
});

it("the token endpoint rejects an unknown grant type with 400 unsupported_grant_type (RFC 6749 §5.2)", async () => {
  for (const grant_type of [
    "password",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "AUTHORIZATION_CODE",
    randomText(),
  ])
    expectOAuthError(await ask({ headers: basic(client), form: { grant_type } }), 400, "unsupported_grant_type");
});

it("the token endpoint rejects a grant type that the client is not registered for with 400 unauthorized_client (RFC 6749 §5.2)", async () => {
  const answer = await ask({ headers: basic(client), form: { grant_type: "refresh_token", refresh_token: "x" } });
  expectOAuthError(answer, 400, "unauthorized_client");
});

it("the token endpoint rejects an unknown issuer with 404 as an OAuth error", async () => {
  expectOAuthError(await ask({ headers: basic(client), at: "/o/app_01nowhere00000/token" }), 404, "invalid_request");
});

describe("the rate limit of 20 wrong client secrets in 5 minutes", () => {
  it("rejects further wrong secrets with 429, but never the right one, another client or another IP address", async () => {
    const [guessed, ip] = [await someClient(app, MACHINE), newIpAddress()];
    const wrong = () => ({ headers: basic({ id: guessed.id, secret: newSecretToken("foyer_cs", app.id) }), ip });
    for (let count = 0; count < 20; count++) expect((await ask(wrong())).status).toBe(401);
    const refused = await ask(wrong());
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask({ form: { client_id: guessed.id, client_secret: "wrong" }, ip })).status).toBe(429);
    for (const attempt of [{ headers: basic(guessed) }, { form: inBody(guessed) }])
      expect((await ask({ ...attempt, ip })).status).toBe(200);
    expect((await ask(wrong())).status).toBe(429);
    expect((await ask({ ...wrong(), ip: newIpAddress() })).status).toBe(401);
    expect((await ask({ headers: basic(client), ip })).status).toBe(200);
  });

  it("accepts at most 20 of 30 concurrent wrong secrets, and each right one among them", async () => {
    const [guessed, ip] = [await someClient(app, MACHINE), newIpAddress()];
    const wrong = { headers: basic({ id: guessed.id, secret: "wrong" }), ip };
    const right = { headers: basic(guessed), ip };
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => ask(n % 2 ? wrong : right)));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(401), count(429)]).toEqual([30, 20, 10]);
  });

  it("is the same for an unknown client, so that client IDs cannot be guessed", async () => {
    const [id, ip] = [client.id.replace(/.{6}$/, "111111"), newIpAddress()];
    const wrong = { headers: basic({ id, secret: "wrong" }), ip };
    for (let count = 0; count < 20; count++) expect((await ask(wrong)).status).toBe(401);
    expect((await ask(wrong)).status).toBe(429);
  });

  it("does not count a public client, although libraries try Basic without a secret first", async () => {
    const ip = newIpAddress();
    const tries = [
      { headers: basic({ id: spa.id, secret: "" }), ip },
      { headers: basic({ id: spa.id, secret: "x" }), ip },
    ];
    for (let count = 0; count < 15; count++)
      for (const attempt of tries) expectOAuthError(await ask(attempt), 401, "invalid_client");
    const answer = await ask({ form: { grant_type: "refresh_token", client_id: spa.id, refresh_token: "x" }, ip });
    expectOAuthError(answer, 400, "invalid_grant");
  });

  it("does not count a missing secret, or the right secret by a method that the client may not use", async () => {
    const [pinned, ip] = [
      await someClient(app, { ...MACHINE, token_endpoint_auth_method: "client_secret_post" }),
      newIpAddress(),
    ];
    const tries = [
      { headers: basic(pinned) },
      { headers: basic({ id: pinned.id, secret: "" }) },
      { form: { client_id: pinned.id } },
    ];
    for (let count = 0; count < 10; count++)
      for (const attempt of tries) expectOAuthError(await ask({ ...attempt, ip }), 401, "invalid_client");
    expectOAuthError(await ask({ headers: basic({ id: pinned.id, secret: "wrong" }), ip }), 401, "invalid_client");
    expect((await ask({ form: inBody(pinned), ip })).status).toBe(200);
  });

  it("does not count successful requests", async () => {
    const ip = newIpAddress();
    for (let count = 0; count < 25; count++) expect((await ask({ headers: basic(client), ip })).status).toBe(200);
  });
});
