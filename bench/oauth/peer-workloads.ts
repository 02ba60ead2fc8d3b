/** The same workloads for oidc-provider. */
import type { Exchange } from "../load";
import { CALLERS, CODES, encode, FORM, type WorkloadId } from "./foyer-workloads";
import { basic, type PeerSide, peerAuthorizePath, peerTokens, walkPeer } from "./ground";
import { REDIRECT_URI, VERIFIER } from "./registered";

/** Users who have completed an authorization, each in a browser of their own. */
export const WALKED = 100;

/** Created once for all rounds of a side. */
const kept = new WeakMap<PeerSide, Map<string, Promise<unknown>>>();

function once<T>(side: PeerSide, what: string, make: () => Promise<T>): Promise<T> {
  const known = kept.get(side) ?? new Map<string, Promise<unknown>>();
  kept.set(side, known);
  const made = known.get(what) ?? make();
  known.set(what, made);
  return made as Promise<T>;
}

type Walk = Awaited<ReturnType<typeof walkPeer>>;

export function walks(side: PeerSide, client: string, count: number): Promise<Walk[]> {
  return once(side, `walks/${client}`, async () => {
    const done: Walk[] = [];
    for (let user = 1; user <= count; user++) done.push(await walkPeer(side.program.port, client, user));
    return done;
  });
}

/** For codes that nothing else uses. */
function tokens(side: PeerSide, client: string, count: number): Promise<Record<string, string>[]> {
  return once(side, `tokens/${client}`, async () => {
    const codes = (await walks(side, client, count)).map(({ code }) => code);
    return Promise.all(
      (await copyCodes(side, codes, count)).map((code) => peerTokens(side.program.port, client, code)),
    );
  });
}

/** Copies of issued codes, with known IDs. */
function copyCodes(side: PeerSide, templates: string[], count: number): Promise<string[]> {
  return copyRows(side, "AuthorizationCode", templates, count);
}

/** The same for another model. */
export async function copyRows(
  { database }: PeerSide,
  model: string,
  templates: string[],
  count: number,
): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `INSERT INTO "oidc" ("model", "id", "payload", "grantId", "expiresAt")
     SELECT c."model", n.id, jsonb_set(c."payload", '{jti}', to_jsonb(n.id)), c."grantId", c."expiresAt"
     FROM (SELECT replace(gen_random_uuid()::text || '-of-bench', '-', '_') AS id, i FROM generate_series(1, $2::int) AS i) AS n
     JOIN (SELECT *, row_number() OVER () AS at FROM "oidc" WHERE "model" = $3 AND "id" = ANY($1)) AS c
       ON c.at = 1 + n.i % cardinality($1)
     RETURNING "id"`,
    [templates, count, model],
  );
  // Otherwise the plans depend on whether autovacuum has analyzed the new rows.
  await database.query(`ANALYZE "oidc"`);
  return rows.map(({ id }) => id);
}

function tokenExchange(client: string, fields: Record<string, string>, rest: Partial<Exchange> = {}): Exchange {
  const isPublic = client === "spa";
  const headers = isPublic ? FORM : { ...FORM, Authorization: basic(client) };
  const body = encode({ ...fields, ...(isPublic && { client_id: client }) });
  return { method: "POST", path: "/token", status: 200, headers, body, ...rest };
}

export const PEER: Record<WorkloadId, (side: PeerSide) => Promise<Exchange>> = {
  machine: async () => tokenExchange("machine", { grant_type: "client_credentials", scope: "photos:read" }),
  async code(side) {
    const templates = (await walks(side, "web", WALKED)).map(({ code }) => code);
    const values = (await copyCodes(side, templates, CODES)).map((code) => ({ code }));
    const fields = { grant_type: "authorization_code", redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    return tokenExchange("web", { ...fields, code: "{code}" }, { each: { values, once: true } });
  },
  async refresh(side) {
    const values = (await tokens(side, "web", WALKED)).map((answer) => ({ refresh: answer.refresh_token ?? "" }));
    return tokenExchange("web", { grant_type: "refresh_token", refresh_token: "{refresh}" }, { each: { values } });
  },
  async rotate(side) {
    const codes = (await walks(side, "spa", CALLERS)).map(({ code }) => code);
    // New ones in each round, because a round uses them up.
    const copies = await copyCodes(side, codes, CALLERS);
    const first = (await Promise.all(copies.map((code) => peerTokens(side.program.port, "spa", code)))).map(
      (answer) => answer.refresh_token ?? "",
    );
    const fields = { grant_type: "refresh_token", refresh_token: "{carried}" };
    return tokenExchange("spa", fields, { carry: { field: "refresh_token", first } });
  },
  async introspect(side) {
    const values = (await tokens(side, "opaque", WALKED)).map((answer) => ({ token: answer.access_token ?? "" }));
    return { ...tokenExchange("opaque", { token: "{token}" }, { each: { values } }), path: "/token/introspection" };
  },
  async userinfo(side) {
    const values = (await tokens(side, "opaque", WALKED)).map((answer) => ({ token: answer.access_token ?? "" }));
    return { path: "/me", status: 200, headers: { Authorization: "Bearer {token}" }, each: { values } };
  },
  async authorize(side) {
    const values = (await walks(side, "web", WALKED)).map(({ cookie }) => ({ cookie }));
    // The request names no user: the signed-in user gets the code.
    const path = peerAuthorizePath("web", 1).replace(/&login_hint=[^&]*/, "");
    return { path, status: 303, headers: { Cookie: "{cookie}" }, each: { values } };
  },
  jwks: async () => ({ path: "/jwks", status: 200 }),
  discovery: async () => ({ path: "/.well-known/openid-configuration", status: 200 }),
};
