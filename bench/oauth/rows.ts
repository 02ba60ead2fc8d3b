/**
 * Generates apps with clients, and users with a session, consents and a grant each, inside
 * PostgreSQL: a million in a minute or two.
 */
import { createHash, generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint } from "jose";
import type pg from "pg";
import { signingKeyLocation } from "@/lib/apps/signing-keys";
import { seal } from "@/lib/crypto/seal";
import { writeRefreshToken } from "@/lib/refresh/token";
import { writeSessionCookie } from "@/lib/sessions/cookie";
import { hasStatistics, settle } from "../statistics";
import { CHALLENGE, CLIENT_JWKS, DEVICE_GRANT, ID_TOKEN_ALG, REDIRECT_URI, SECRET } from "./registered";

const HEX = (value: string, length: number) => `lpad(to_hex(${value}), ${length}, '0')`;
const hex = (value: number, length: number) => value.toString(16).padStart(length, "0");

export const shortApp = (app: number) => `b${hex(app, 7)}`;
export const appId = (app: number) => `app_${shortApp(app)}`;
export const KINDS = { web: 1, spa: 2, machine: 3, keys: 4, gateway: 5, device: 6 } as const;
export type Kind = keyof typeof KINDS;
export const clientId = (app: number, kind: Kind) => `cli_${shortApp(app)}_${hex(KINDS[kind], 26)}`;

/** The same in SQL: `i` is the user, `a` the app. */
const APP = `'app_b' || ${HEX("a", 7)}`;
const CLIENT = (kind: Kind) => `'cli_b' || ${HEX("a", 7)} || '_${hex(KINDS[kind], 26)}'`;
const ID = (prefix: string) => `'${prefix}_' || ${HEX("i", 26)}`;
const SCOPES = "'{openid,profile,email,offline_access}'::text[]";

export interface Population {
  apps: number;
  usersPerApp: number;
}

/** User `i` belongs to app `(i - 1) / usersPerApp + 1`. */
const appOf = (user: number, { usersPerApp }: Population) => Math.floor((user - 1) / usersPerApp) + 1;
const USERS = `(SELECT i, (i - 1) / $2::int + 1 AS a FROM generate_series(1, $1::int) AS i) AS u`;

/**
 * All apps share the same key pairs, sealed for each app, because generating thousands of RSA keys
 * would take too long. Next keys are included, because the server would otherwise create them
 * during a measurement.
 */
async function signingKeyRows(apps: number) {
  const pairs = ["active", "next"].flatMap((status) => [
    { status, alg: "ES256", ...generateKeyPairSync("ec", { namedCurve: "P-256" }) },
    { status, alg: "RS256", ...generateKeyPairSync("rsa", { modulusLength: 2048 }) },
  ]);
  const rows: { app: string; kid: string; alg: string; status: string; jwk: object; sealed: string }[] = [];
  for (const { alg, status, publicKey, privateKey } of pairs) {
    const jwk = publicKey.export({ format: "jwk" });
    const kid = await calculateJwkThumbprint(jwk as Parameters<typeof calculateJwkThumbprint>[0]);
    const pem = privateKey.export({ format: "pem", type: "pkcs8" }) as string;
    for (let a = 1; a <= apps; a++) {
      const app = appId(a);
      const sealed = seal(pem, { appId: app, location: signingKeyLocation(kid) });
      rows.push({ app, kid, alg, status, jwk: { ...jwk, kid, alg, use: "sig" }, sealed });
    }
  }
  return rows;
}

interface ClientFacts {
  grants: string[];
  scopes?: string[];
  /** Without one, the client has a secret. */
  method?: "none" | "private_key_jwt";
  uris?: string[];
  jwks?: object;
}

const USER_SCOPES = ["openid", "profile", "email", "offline_access"];
const CODE = { grants: ["authorization_code", "refresh_token"], uris: [REDIRECT_URI] };
const MACHINE = { grants: ["client_credentials"], scopes: ["photos:read"] };

const CLIENTS: Record<Kind, ClientFacts> = {
  web: CODE,
  spa: { ...CODE, method: "none" },
  machine: MACHINE,
  keys: { ...MACHINE, method: "private_key_jwt", jwks: CLIENT_JWKS },
  gateway: { grants: ["urn:ietf:params:oauth:grant-type:token-exchange"] },
  device: { grants: [DEVICE_GRANT] },
};

/** Apps with their keys and a client of each kind. */
async function generateApps(client: pg.Client, issuers: string, apps: number): Promise<void> {
  const series = "generate_series(1, $1::int) AS a";
  await client.query(
    `INSERT INTO "App" ("id", "name", "issuer", "pairwiseSalt") SELECT ${APP}, 'App ' || a, $2 || ${APP}, '\\x00' FROM ${series}`,
    [apps, issuers],
  );
  await client.query(
    `INSERT INTO "SigningKey" ("appId", "id", "alg", "status", "publicJwk", "privateSealed", "activatedAt")
     SELECT k.app, k.kid, k.alg, k.status, k.jwk, k.sealed, CASE k.status WHEN 'active' THEN now() END
     FROM jsonb_to_recordset($1::jsonb) AS k(app text, kid text, alg text, status "SigningKeyStatus", jwk jsonb, sealed text)`,
    [JSON.stringify(await signingKeyRows(apps))],
  );
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const { grants, scopes = USER_SCOPES, method = null, uris = [], jwks = null } = CLIENTS[kind];
    const isPublic = method === "none";
    await client.query(
      `INSERT INTO "OAuthClient" ("appId", "id", "name", "isPublic", "authMethod", "redirectUris", "postLogoutRedirectUris", "grantTypes",
         "scopes", "contacts", "defaultAcrValues", "idTokenAlg", "jwks")
       SELECT ${APP}, ${CLIENT(kind)}, $2, $3, $4, $5, '{}', $6, $7, '{}', '{}', $8, $9 FROM ${series}`,
      [apps, kind, isPublic, method, uris, grants, scopes, ID_TOKEN_ALG, jwks],
    );
    if (method === null)
      await client.query(
        `INSERT INTO "ClientSecret" ("appId", "id", "clientId", "prefix", "hash")
         SELECT ${APP}, 'sec_${kind}', ${CLIENT(kind)}, 'bench', sha256($2::bytea) FROM ${series}`,
        [apps, SECRET],
      );
  }
}

async function generateUsers(client: pg.Client, { apps, usersPerApp }: Population): Promise<void> {
  const values = [apps * usersPerApp, usersPerApp];
  const rows = (text: string) => client.query(`${text} FROM ${USERS}`, values);
  await rows(`INSERT INTO "User" ("appId", "id", "email", "emailCanonical", "name")
    SELECT ${APP}, ${ID("usr")}, 'user-' || i || '@rows.example', 'user-' || i || '@rows.example', 'User ' || i`);
  await rows(`INSERT INTO "Session" ("appId", "id", "userId", "kind", "cookieHash", "salt", "authTime", "amr", "idleExpiresAt", "expiresAt")
    SELECT ${APP}, ${ID("ses")}, ${ID("usr")}, 'browser', sha256(lpad(i::text, 43, '0')::bytea), '\\x00', now(), '{pwd}',
      now() + interval '30 days', now() + interval '90 days'`);
  for (const kind of ["web", "spa"] as const)
    await rows(`INSERT INTO "Consent" ("appId", "userId", "clientId", "scopes", "declinedScopes")
      SELECT ${APP}, ${ID("usr")}, ${CLIENT(kind)}, ${SCOPES}, '{}'`);
  // Even-numbered users have last connected the public client, odd-numbered ones the other.
  await rows(`INSERT INTO "Grant" ("appId", "id", "clientId", "userId", "sessionId", "subject", "scopes", "resources", "authTime", "amr",
      "offline", "salt", "idleExpiresAt", "expiresAt")
    SELECT ${APP}, ${ID("grn")}, CASE i % 2 WHEN 0 THEN ${CLIENT("spa")} ELSE ${CLIENT("web")} END, ${ID("usr")}, ${ID("ses")}, ${ID("usr")},
      ${SCOPES}, '{}', now(), '{pwd}', true, substring(sha256(i::text::bytea) FOR 16), now() + interval '30 days', now() + interval '90 days'`);
}

const TABLES = ["App", "OAuthClient", "User", "Session", "Consent", "Grant"];

/** Without foreign key checks for each row, which take most of the time. */
export async function generateRows(client: pg.Client, origin: string, population: Population): Promise<void> {
  await client.query("SET session_replication_role = replica");
  await generateApps(client, `${origin}/o/`, population.apps);
  await generateUsers(client, population);
  await client.query("SET session_replication_role = origin");
  await settle(client, TABLES);
}

const secretOf = (number: number) => String(number).padStart(43, "0");

export interface CodeFacts {
  app: number;
  code: string;
}

/** Unused codes of these users, numbered from `first`. They are valid for an hour. */
export async function generateCodes(
  client: pg.Client,
  population: Population,
  users: number[],
  first: number,
): Promise<CodeFacts[]> {
  await client.query(
    `INSERT INTO "AuthorizationCode" ("appId", "hash", "clientId", "userId", "sessionId", "redirectUri", "codeChallenge",
       "codeChallengeMethod", "scopes", "resources", "nonce", "authTime", "amr", "expiresAt")
     SELECT ${APP}, sha256(('fc_b' || ${HEX("a", 7)} || '_' || lpad(n::text, 43, '0'))::bytea), ${CLIENT("web")}, ${ID("usr")}, ${ID("ses")},
       $4, $5, 'S256', ${SCOPES}, '{}', 'of-the-bench', now(), '{pwd}', now() + interval '1 hour'
     FROM (SELECT i, (i - 1) / $2::int + 1 AS a, $3::int + ordinality::int - 1 AS n FROM unnest($1::int[]) WITH ORDINALITY AS w(i, ordinality)) AS u`,
    [users, population.usersPerApp, first, REDIRECT_URI, CHALLENGE],
  );
  if (hasStatistics()) await client.query(`ANALYZE "AuthorizationCode"`);
  return users.map((user, index) => {
    const app = appOf(user, population);
    return { app, code: `fc_${shortApp(app)}_${secretOf(first + index)}` };
  });
}

/** Device codes that wait for their users, numbered from `first`. They are valid for an hour. */
export async function generateDeviceCodes(client: pg.Client, apps: number, count: number, first: number) {
  await client.query(
    `INSERT INTO "DeviceCode" ("appId", "hash", "userCode", "clientId", "scopes", "resources", "amr", "intervalSeconds", "createdAt", "expiresAt")
     SELECT ${APP}, sha256(('fd_b' || ${HEX("a", 7)} || '_' || lpad(n::text, 43, '0'))::bytea), 'code-' || n, ${CLIENT("device")},
       '{openid}', '{}', '{}', 5, now(), now() + interval '1 hour'
     FROM (SELECT n, n % $1::int + 1 AS a FROM generate_series($3::int, $3::int + $2::int - 1) AS n) AS d`,
    [apps, count, first],
  );
  if (hasStatistics()) await client.query(`ANALYZE "DeviceCode"`);
  return Array.from({ length: count }, (_, index) => {
    const app = ((first + index) % apps) + 1;
    return { app, code: `fd_${shortApp(app)}_${secretOf(first + index)}` };
  });
}

/** The session cookie and tokens of a user. */
export function holdings(user: number, population: Population) {
  const app = appOf(user, population);
  const kind: Kind = user % 2 === 0 ? "spa" : "web";
  const salt = createHash("sha256").update(String(user)).digest().subarray(0, 16);
  const family = { appId: appId(app), familyId: `grn_${hex(user, 26)}`, clientId: clientId(app, kind), salt };
  const cookie = `foyer-${shortApp(app)}=${writeSessionCookie(`ses_${hex(user, 26)}`, secretOf(user))}`;
  return { app, refreshToken: writeRefreshToken(family, 0), cookie };
}
