/** The examples that verify a token, unchanged, against the running server: valid tokens, and every kind of invalid one. */
import { join } from "node:path";
import { base64url, decodeProtectedHeader, SignJWT } from "jose";
import { manage, signUp, type TestApp } from "../support/app";
import { expect, test } from "../support/fixtures";
import { loadArrange } from "../support/load-arrange";
import { newEmail } from "../support/people";
import { freePort, ROOT, runNode, until } from "../support/server";

const EXAMPLES = join(ROOT, "examples", "verify");
const HOUR_SECONDS = 3600;

let app: TestApp;
let otherApp: TestApp;
let session: { token: string; user: { id: string } };
test.beforeAll(async ({ createApp }) => {
  [app, otherApp] = [await createApp(), await createApp()];
  session = await (await signUp(app, newEmail())).json();
  for (const [name, make] of REJECTED) rejected.set(name, await make());
});

type Ask = (authorization?: string) => Promise<Response>;

/** Starts an example on a free port. */
async function start(args: string[], issuer: string): Promise<Ask> {
  const PORT = String(await freePort());
  const environment = { PATH: process.env.PATH, PORT, FOYER_ISSUER: issuer, FOYER_APP_ID: app.id };
  const program = runNode(args, environment);
  const ask: Ask = (authorization) =>
    fetch(`http://localhost:${PORT}/me`, { headers: authorization ? { authorization } : {} });
  const isUp = () =>
    ask().then(
      () => true,
      () => false,
    );
  await until(`${args.join(" ")} listens`, isUp).catch((error) => {
    throw new Error(`${error.message}\n${program.output()}`);
  });
  return ask;
}

async function signToken(claims: { sub?: string }, options?: { typ?: string; ageSeconds?: number }): Promise<string> {
  const { signToken } = await loadArrange();
  return signToken(app.id, { aud: app.id, ...claims }, options);
}

/** An access token of an OAuth client. Its audience is the issuer, not the app. */
async function clientToken(): Promise<string> {
  await manage(app, "POST", "/scopes", { name: "reports", description: "Read reports" });
  const client = await manage(app, "POST", "/clients", {
    ...{ client_name: "A third party", grant_types: ["client_credentials"], scopes: ["reports"] },
  });
  const response = await fetch(`${app.issuer}/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "reports" }),
  });
  return (await response.json()).access_token;
}

async function otherAppToken(): Promise<string> {
  return (await (await signUp(otherApp, newEmail())).json()).token;
}

function changedToken(): string {
  const [header, payload = "", signature] = session.token.split(".");
  const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
  return [header, base64url.encode(JSON.stringify({ ...claims, sub: "usr_another" })), signature].join(".");
}

function unsignedToken(): string {
  const header = base64url.encode(JSON.stringify({ ...decodeProtectedHeader(session.token), alg: "none" }));
  return `${header}.${session.token.split(".")[1]}.`;
}

/** RFC 8725 §2.1: the public key as the secret of an HMAC. */
async function confusedToken(): Promise<string> {
  const { keys } = await (await fetch(`${app.issuer}/jwks`)).json();
  const { kid } = decodeProtectedHeader(session.token);
  const secret = new TextEncoder().encode(JSON.stringify(keys.find((key: { kid: string }) => key.kid === kid)));
  return new SignJWT({ aud: app.id, iss: app.issuer, sub: session.user.id })
    .setProtectedHeader({ alg: "HS256", kid, typ: "at+jwt" })
    .setIssuedAt()
    .setExpirationTime("15m")
    .sign(secret);
}

/** The Authorization header of each case, made once. */
const rejected = new Map<string, string>();
const REJECTED: [name: string, make: () => string | Promise<string>][] = [
  ["no token", () => ""],
  ["a token that is not a JWT", () => "Bearer hello"],
  ["another scheme", () => `Basic ${session.token}`],
  ["an expired token", async () => `Bearer ${await signToken({ sub: session.user.id }, { ageSeconds: HOUR_SECONDS })}`],
  ["a token of another app", async () => `Bearer ${await otherAppToken()}`],
  ["an access token of an OAuth client", async () => `Bearer ${await clientToken()}`],
  ["a token that was changed", () => `Bearer ${changedToken()}`],
  ["a token without a signature", () => `Bearer ${unsignedToken()}`],
  ["a token signed with the public key as a secret", async () => `Bearer ${await confusedToken()}`],
  ["a JWT of another type", async () => `Bearer ${await signToken({ sub: session.user.id }, { typ: "JWT" })}`],
  ["a token without a subject", async () => `Bearer ${await signToken({})}`],
];

for (const [file, args] of [
  ["node.mjs", [join(EXAMPLES, "node.mjs")]],
  ["express.mjs", [join(EXAMPLES, "express.mjs")]],
  ["next-route.ts", [join(ROOT, "e2e", "support", "serve-next-route.mjs"), join(EXAMPLES, "next-route.ts")]],
] as [string, string[]][])
  test.describe(`examples/verify/${file}`, () => {
    let ask: Ask;
    test.beforeAll(async () => {
      ask = await start(args, app.issuer);
    });

    test("accepts a token of the app, whatever the case of the scheme (RFC 9110 §11.1)", async () => {
      for (const scheme of ["Bearer", "bearer"]) {
        const response = await ask(`${scheme} ${session.token}`);
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({ user_id: session.user.id });
      }
    });

    for (const [name] of REJECTED)
      test(`answers 401 to ${name}`, async () => {
        const response = await ask(rejected.get(name));
        expect(response.status).toBe(401);
        expect(response.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
        expect(await response.json()).toEqual({ error: "invalid_token" });
      });

    test("still accepts the valid token after all rejected ones", async () => {
      expect((await ask(`Bearer ${session.token}`)).status).toBe(200);
    });

    test("answers 503, not 401, while the keys cannot be fetched", async () => {
      const unreachable = await start(args, `http://localhost:${await freePort()}/o/${app.id}`);
      const response = await unreachable(`Bearer ${session.token}`);
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("5");
    });
  });
