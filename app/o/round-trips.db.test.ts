/** Number of PostgreSQL queries per endpoint with a cached configuration; the benchmark relies on them. */
import pg from "pg";
import { beforeAll, expect, it, vi } from "vitest";
import { ask } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import {
  authorizeUrl,
  Browser,
  basic,
  exchangeCode,
  getCode,
  getTokens,
  locationOf,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let spa: TestClient;
let machine: TestClient;
let bob: Browser;
let tokens: Tokens;
let spaTokens: Tokens;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app);
  spa = await someClient(app, { public: true });
  machine = await someClient(app, { grant_types: ["client_credentials"], redirect_uris: [], scopes: ["photos:read"] });
  bob = new Browser(app);
  tokens = await getTokens(client, bob);
  spaTokens = await getTokens(spa, bob);
  for (const work of Object.values(WORK)) await work();
});

/** Each request runs once before it is counted, so that the app's configuration is cached. */
const WORK: Record<string, () => Promise<{ status: number }>> = {
  "client credentials": () => post(machine, "token", { grant_type: "client_credentials" }),
  introspection: () => send("/o/introspect", { form: { token: tokens.access_token }, headers: basic(client) }),
  userinfo: () => send("/o/userinfo", { bearer: tokens.access_token }),
  "/api/me": () => send("/api/me", { bearer: tokens.access_token }),
  "refresh, token kept": () => refreshTokens(client, tokens.refresh_token),
  "refresh, token rotated": async () => {
    const answer = await refreshTokens(spa, spaTokens.refresh_token);
    spaTokens = answer.body;
    return answer;
  },
  "authorization, signed in and consented": () => bob.open(authorizeUrl(client)),
  "a direct sign-up": () => direct("signup", { email: someEmail(), password: SOME_PASSWORD }),
  "a direct sign-in": () => direct("login", { email: bob.email, password: SOME_PASSWORD }),
};

function direct(path: "signup" | "login", body: object) {
  return ask(`/api/auth/credentials/${path}/${app.id}`, { body, bearer: app.apiKey });
}

async function countQueries(work: () => Promise<{ status: number }>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  try {
    expect((await work()).status).toBeLessThan(304);
    return query.mock.calls.length;
  } finally {
    query.mockRestore();
  }
}

it.each([
  ["client credentials", 0],
  ["introspection", 1],
  ["userinfo", 1],
  ["/api/me", 1],
  ["refresh, token kept", 1],
  ["refresh, token rotated", 1],
  ["authorization, signed in and consented", 2],
  ["a direct sign-up", 2],
  ["a direct sign-in", 2],
])("the number of PostgreSQL queries for %s is %i", async (name, trips) => {
  expect(await countQueries(WORK[name] ?? expect.fail())).toBe(trips);
});

it("a code exchange takes one query, which checks and consumes the code, creates the grant and records the event", async () => {
  const code = await getCode(bob, client);
  expect(await countQueries(() => exchangeCode(client, code))).toBe(1);
  const again = locationOf(await bob.open(authorizeUrl(client))).searchParams.get("code") ?? "";
  expect(await countQueries(() => exchangeCode(client, again))).toBe(1);
});

it("10 concurrent code exchanges take fewer than 10 queries, because they share statements", async () => {
  const codes: string[] = [];
  for (let n = 0; n < 10; n++) codes.push(await getCode(bob, client));
  const all = async () => {
    const answers = await Promise.all(codes.map((code) => exchangeCode(client, code)));
    return { status: Math.max(...answers.map(({ status }) => status)) };
  };
  expect(await countQueries(all)).toBeLessThan(10);
});

it("a failed code exchange takes one query, in addition to the statement that records the rejection", async () => {
  const code = await getCode(bob, client);
  const query = vi.spyOn(pg.Client.prototype, "query");
  const { status } = await exchangeCode(client, code, { code_verifier: "w".repeat(43) });
  const names = query.mock.calls.map(([statement]) => (statement as unknown as { name?: string }).name);
  query.mockRestore();
  expect(status).toBe(400);
  // Prisma records the rejection in an unnamed statement.
  expect(names).toEqual(["code-exchange-one", undefined]);
});
