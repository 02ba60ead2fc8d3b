/**
 * The oidc-provider server of the comparison, in a process of its own, with the same PostgreSQL,
 * number of connections and kinds of keys. Either with its defaults (clients in the database as in
 * Foyer, opaque access tokens) or, with `PEER=configured`, at its fastest: clients in its
 * configuration, and JWTs where the endpoint accepts them (introspection and userinfo need opaque
 * tokens).
 */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";
import pg from "pg";
import { PgAdapter } from "./adapter";
import { CLIENTS, RESOURCE } from "./registered";

const { PORT = "", DATABASE_URL, POOL_SIZE, PEER } = process.env;
const configured = PEER === "configured";
const issuer = `http://localhost:${PORT}`;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_SIZE) });

function signingKeys() {
  const pairs = [
    { alg: "RS256", ...generateKeyPairSync("rsa", { modulusLength: 2048 }) },
    { alg: "ES256", ...generateKeyPairSync("ec", { namedCurve: "P-256" }) },
  ];
  return pairs.map(({ alg, privateKey }) => ({ ...privateKey.export({ format: "jwk" }), alg, use: "sig", kid: alg }));
}

async function findAccount(_context: unknown, id: string) {
  const text = `SELECT "claims" FROM "account" WHERE "id" = $1`;
  const { rows } = await pool.query({ name: "account", text, values: [id] });
  return rows[0] && { accountId: id, claims: async () => ({ sub: id, ...rows[0].claims }) };
}

const provider = new Provider(issuer, {
  adapter: (model: string) => new PgAdapter(pool, model),
  clients: configured ? CLIENTS : [],
  jwks: { keys: signingKeys() },
  cookies: { keys: ["of-the-bench"] },
  claims: { profile: ["name"], email: ["email", "email_verified"] },
  scopes: ["openid", "profile", "email", "offline_access", "photos:read"],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 3600,
    Grant: 86_400,
    IdToken: 3600,
    RefreshToken: 86_400,
    Session: 86_400,
  },
  // Like Foyer: confidential clients keep their refresh token, public clients rotate it.
  rotateRefreshToken: (context: { oidc: { client: { clientAuthMethod: string } } }) =>
    context.oidc.client.clientAuthMethod === "none",
  issueRefreshToken: async () => true,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
    dPoP: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    deviceFlow: { enabled: true },
    resourceIndicators: {
      enabled: configured,
      defaultResource: (_: unknown, client: { clientId: string }) =>
        client.clientId === "opaque" ? undefined : RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: "openid profile email photos:read",
        audience: RESOURCE,
        accessTokenFormat: "jwt",
        accessTokenTTL: 600,
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
  interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  findAccount,
});

/** Signs in the user in login_hint and allows everything. */
async function answerInteraction(context: { req: never; res: never; respond: boolean }): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(context.req, context.res);
  context.respond = false;
  if (prompt.name === "login")
    return provider.interactionFinished(context.req, context.res, { login: { accountId: params.login_hint } });
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope("openid profile email");
  grant.addResourceScope(RESOURCE, "openid profile email photos:read");
  return provider.interactionFinished(context.req, context.res, { consent: { grantId: await grant.save() } });
}

provider.use((context, next) => (context.path.startsWith("/interaction/") ? answerInteraction(context) : next()));

createServer(provider.callback()).listen(Number(PORT), "127.0.0.1", () =>
  process.stdout.write("oidc-provider is ready\n"),
);
process.once("SIGTERM", () => process.exit());
