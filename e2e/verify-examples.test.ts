/** The examples that verify a token, as they are, against a running Foyer: who is let in, and every way in which a token can be none. */
import { join } from "node:path";
import { base64url, decodeProtectedHeader, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { signJwt } from "@/lib/apps/jwt";
import { freezeClock } from "@/lib/clock";
import { closeDb } from "@/lib/database/client";
import { setTestEnvironment } from "../test/support/environment";
import { freePort, ROOT, runNode, type Server, startServer, until } from "../test/support/server";
import { createTenant, foyer, newEmail, signUp, type Tenant } from "../test/support/tenant";

const EXAMPLES = join(ROOT, "examples", "verify");
const HOUR_MS = 3_600_000;

let server: Server;
let tenant: Tenant;
let session: { token: string; user: { id: string } };
beforeAll(async () => {
  server = await startServer();
  tenant = await createTenant(server.environment);
  session = await (await signUp(server, tenant, newEmail())).json();
  setTestEnvironment(server.environment.DATABASE_URL ?? "");
  for (const [name, make] of REFUSED) refused.set(name, await make());
});
afterAll(() => closeDb());

type Ask = (authorization?: string) => Promise<Response>;

const headersOf = (authorization?: string): Record<string, string> => (authorization ? { authorization } : {});

/** Starts an example that is a server. */
async function startExample(file: string, issuer: string): Promise<Ask> {
  const PORT = String(await freePort());
  const environment = { PATH: process.env.PATH, PORT, FOYER_ISSUER: issuer, FOYER_APP_ID: tenant.app_id };
  const program = runNode([join(EXAMPLES, file)], environment);
  const ask: Ask = (authorization) => fetch(`http://localhost:${PORT}/me`, { headers: headersOf(authorization) });
  await until(`${file} listens`, () =>
    ask().then(
      () => true,
      () => false,
    ),
  ).catch((error) => {
    throw new Error(`${error.message}\n${program.output()}`);
  });
  return ask;
}

/** The route handler as Next would call it. */
async function importRoute(issuer: string): Promise<Ask> {
  Object.assign(process.env, { FOYER_ISSUER: issuer, FOYER_APP_ID: tenant.app_id });
  vi.resetModules();
  const { GET } = await import("../examples/verify/next-route");
  return (authorization) => GET(new Request("http://localhost:3000/api/me", { headers: headersOf(authorization) }));
}

type Claims = Parameters<typeof signJwt>[1];

/** A token signed with the App's own key that is not what it should be. */
async function signed(claims: { aud: string; sub?: string }, typ = "at+jwt"): Promise<string> {
  return signJwt(await getApp(tenant.app_id), { jti: "jti_of_the_test", ...claims } as Claims, {
    typ,
    alg: "ES256",
    ttlSeconds: 900,
  });
}

async function expired(): Promise<string> {
  freezeClock(new Date(Date.now() - HOUR_MS));
  try {
    return await signed({ aud: tenant.app_id, sub: session.user.id });
  } finally {
    freezeClock(null);
  }
}

/** What an app of somebody else is given: its audience is the issuer. */
async function oauthToken(): Promise<string> {
  const scope = ["--name", "reports", "--description", "Read reports"];
  await foyer(server.environment, "scopes", "create", "--app", tenant.app_id, ...scope);
  const client = await foyer(
    server.environment,
    ...["clients", "create", "--app", tenant.app_id, "--name", "Somebody else", "--grant", "client_credentials"],
    ...["--scope", "reports"],
  );
  const answer = await fetch(`${tenant.issuer}/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "reports" }),
  });
  return (await answer.json()).access_token;
}

async function foreign(): Promise<string> {
  const neighbour = await createTenant(server.environment);
  return (await (await signUp(server, neighbour, newEmail())).json()).token;
}

function tampered(): string {
  const [header, payload = "", signature] = session.token.split(".");
  const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
  return [header, base64url.encode(JSON.stringify({ ...claims, sub: "usr_somebody_else" })), signature].join(".");
}

function unsigned(): string {
  const header = base64url.encode(JSON.stringify({ ...decodeProtectedHeader(session.token), alg: "none" }));
  return `${header}.${session.token.split(".")[1]}.`;
}

/** RFC 8725 §2.1: the public key as the secret of an HMAC. */
async function confused(): Promise<string> {
  const { keys } = await (await fetch(`${tenant.issuer}/jwks`)).json();
  const { kid } = decodeProtectedHeader(session.token);
  const secret = new TextEncoder().encode(JSON.stringify(keys.find((key: { kid: string }) => key.kid === kid)));
  return new SignJWT({ aud: tenant.app_id, iss: tenant.issuer, sub: session.user.id })
    .setProtectedHeader({ alg: "HS256", kid, typ: "at+jwt" })
    .setIssuedAt()
    .setExpirationTime("15m")
    .sign(secret);
}

/** What is sent as Authorization, made once. */
const refused = new Map<string, string>();
const REFUSED: [name: string, make: () => string | Promise<string>][] = [
  ["no token", () => ""],
  ["something else than a JWT", () => "Bearer hello"],
  ["another scheme", () => `Basic ${session.token}`],
  ["a token that has expired", async () => `Bearer ${await expired()}`],
  ["a token of another App", async () => `Bearer ${await foreign()}`],
  ["a token that a third party was given", async () => `Bearer ${await oauthToken()}`],
  ["a token that was changed", () => `Bearer ${tampered()}`],
  ["a token without signature", () => `Bearer ${unsigned()}`],
  ["a token signed with the public key as a secret", async () => `Bearer ${await confused()}`],
  ["a JWT of another type", async () => `Bearer ${await signed({ aud: tenant.app_id, sub: session.user.id }, "JWT")}`],
  ["a token without a subject", async () => `Bearer ${await signed({ aud: tenant.app_id })}`],
];

describe.each([
  ["node.mjs", (issuer: string) => startExample("node.mjs", issuer)],
  ["express.mjs", (issuer: string) => startExample("express.mjs", issuer)],
  ["next-route.ts", importRoute],
])("examples/verify/%s", (_file, start) => {
  let ask: Ask;
  beforeAll(async () => {
    ask = await start(tenant.issuer);
  });

  it("lets in who has a token of the App, however the scheme is spelled (RFC 9110 §11.1)", async () => {
    for (const scheme of ["Bearer", "bearer"]) {
      const answer = await ask(`${scheme} ${session.token}`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ user_id: session.user.id });
    }
  });

  it.each(REFUSED)("answers 401 to %s", async (name) => {
    const answer = await ask(refused.get(name));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(await answer.json()).toEqual({ error: "invalid_token" });
  });

  it("still lets in after all that", async () => {
    expect((await ask(`Bearer ${session.token}`)).status).toBe(200);
  });

  it("answers 503, not 401, while the keys cannot be fetched", async () => {
    const nowhere = await start(`http://localhost:${await freePort()}/o/${tenant.app_id}`);
    const answer = await nowhere(`Bearer ${session.token}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
  });
});
