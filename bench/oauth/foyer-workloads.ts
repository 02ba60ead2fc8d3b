/** The workloads for Foyer's provider: random users of random apps. */
import type { Exchange } from "../load";
import { basic, type FoyerSide, postForm } from "./ground";
import { CHALLENGE, REDIRECT_URI, VERIFIER } from "./registered";
import { clientId, generateCodes, holdings } from "./rows";

export const CALLERS = 16;
/**
 * The number of tokens, sessions and refresh tokens in use, so that no side profits from a small
 * set.
 */
const HELD = 400;
/** More codes than one round exchanges. */
export const CODES = 16_000;

export const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
export const encode = (fields: Record<string, string>) =>
  // Keeps the placeholder.
  new URLSearchParams(fields).toString().replace(/%7B(\w+)%7D/g, "{$1}");

export type WorkloadId =
  | "machine"
  | "code"
  | "refresh"
  | "rotate"
  | "introspect"
  | "userinfo"
  | "authorize"
  | "jwks"
  | "discovery";

export const WORKLOADS: { id: WorkloadId; name: string }[] = [
  { id: "machine", name: "client_credentials" },
  { id: "code", name: "code exchange" },
  { id: "refresh", name: "refresh, token kept" },
  { id: "rotate", name: "refresh, token rotated" },
  { id: "introspect", name: "introspection" },
  { id: "userinfo", name: "userinfo" },
  { id: "authorize", name: "/o/authorize with session, consent" },
  { id: "jwks", name: "JWKS" },
  { id: "discovery", name: "discovery" },
];

/** Users of all apps. */
function someUsers({ population }: FoyerSide, count: number): number[] {
  const total = population.apps * population.usersPerApp;
  return Array.from({ length: count }, (_, index) => 1 + ((index * 7919) % total));
}

/** Users with a grant of the public client, and users with one of the other. Each once. */
const evenUsers = (side: FoyerSide, count: number) => [
  ...new Set(someUsers(side, count).map((user) => user + (user % 2))),
];
const oddUsers = (side: FoyerSide, count: number) => [
  ...new Set(someUsers(side, count).map((user) => user - 1 + (user % 2))),
];

export function confidential({ population }: FoyerSide, users: number[]) {
  return users.map((user) => {
    const { app, refreshToken, cookie } = holdings(user, population);
    const client = clientId(app, "web");
    return { client, authorization: basic(client), refresh: refreshToken, cookie };
  });
}

/** Users of the confidential client, as many as tokens are in use. */
export const userTokens = (side: FoyerSide) => oddUsers(side, HELD);

const tokens = new WeakMap<FoyerSide, ReturnType<typeof getAccessTokens>>();

/** Created once for all rounds of a side. */
export function withAccessTokens(side: FoyerSide) {
  const known = tokens.get(side) ?? getAccessTokens(side);
  tokens.set(side, known);
  return known;
}

async function getAccessTokens(side: FoyerSide) {
  const url = `http://localhost:${side.ground.server.port}/o/token`;
  const held = confidential(side, userTokens(side));
  const answers = held.map(async (one) => {
    const form = { grant_type: "refresh_token", refresh_token: one.refresh };
    return { ...one, token: (await postForm(url, one.client, form)).access_token ?? "" };
  });
  return Promise.all(answers);
}

export function tokenExchange(fields: Record<string, string>, rest: Partial<Exchange>): Exchange {
  const headers = { ...FORM, Authorization: "{authorization}" };
  return { method: "POST", path: "/o/token", status: 200, headers, body: encode(fields), ...rest };
}

let codesMade = 1;

export const FOYER: Record<WorkloadId, (side: FoyerSide) => Promise<Exchange>> = {
  async machine({ population }) {
    const values = Array.from({ length: population.apps }, (_, index) => ({
      authorization: basic(clientId(index + 1, "machine")),
    }));
    return tokenExchange({ grant_type: "client_credentials", scope: "photos:read" }, { each: { values } });
  },
  async code(side) {
    const codes = await generateCodes(side.database, side.population, someUsers(side, CODES), codesMade);
    codesMade += CODES;
    const values = codes.map(({ app, code }) => ({ code, authorization: basic(clientId(app, "web")) }));
    const fields = { redirect_uri: REDIRECT_URI, code_verifier: VERIFIER, code: "{code}" };
    return tokenExchange({ grant_type: "authorization_code", ...fields }, { each: { values, once: true } });
  },
  async refresh(side) {
    const values = confidential(side, userTokens(side));
    return tokenExchange({ grant_type: "refresh_token", refresh_token: "{refresh}" }, { each: { values } });
  },
  async rotate(side) {
    // Resets what an earlier round has rotated.
    await side.database.query(`UPDATE "Grant" SET "counter" = 0, "rotatedAt" = NULL WHERE "counter" > 0`);
    const held = evenUsers(side, CALLERS).map((user) => holdings(user, side.population));
    return {
      ...tokenExchange({ grant_type: "refresh_token", refresh_token: "{carried}", client_id: "{client}" }, {}),
      headers: FORM,
      mine: held.map(({ app }) => ({ client: clientId(app, "spa") })),
      carry: { field: "refresh_token", first: held.map(({ refreshToken }) => refreshToken) },
    };
  },
  async introspect(side) {
    const values = await withAccessTokens(side);
    return { ...tokenExchange({ token: "{token}" }, { each: { values } }), path: "/o/introspect" };
  },
  async userinfo(side) {
    const values = await withAccessTokens(side);
    return { path: "/o/userinfo", status: 200, headers: { Authorization: "Bearer {token}" }, each: { values } };
  },
  async authorize(side) {
    const values = confidential(side, someUsers(side, HELD));
    const proof = { code_challenge: CHALLENGE, code_challenge_method: "S256", state: "s", nonce: "of-the-bench" };
    const scope = "openid profile email offline_access";
    const asked = { response_type: "code", client_id: "{client}", redirect_uri: REDIRECT_URI, scope };
    const path = `/o/authorize?${encode({ ...asked, ...proof })}`;
    return { path, status: 303, headers: { Cookie: "{cookie}" }, each: { values } };
  },
  jwks: async ({ ground }) => ({ path: `/o/${ground.app.app_id}/jwks`, status: 200 }),
  discovery: async ({ ground }) => ({ path: `/o/${ground.app.app_id}/.well-known/openid-configuration`, status: 200 }),
};
