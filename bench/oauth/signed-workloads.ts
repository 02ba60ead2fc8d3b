/** Workloads of clients with keys, pushed requests, devices and token exchange, for both sides. */
import type { Exchange } from "../load";
import { CODES, confidential, encode, FORM, tokenExchange, userTokens, withAccessTokens } from "./foyer-workloads";
import { basic, type FoyerSide, type PeerSide, peerTokens, postForm } from "./ground";
import { copyRows, WALKED, walks } from "./peer-workloads";
import { ASSERTION_TYPE, clientAssertion, dpopProof } from "./proofs";
import { CHALLENGE, DEVICE_GRANT, REDIRECT_URI } from "./registered";
import { appId, clientId, generateDeviceCodes } from "./rows";

export type SignedId = "assertion" | "dpop" | "dpop-userinfo" | "par" | "poll" | "exchange";

/** `atLeast`: requests/s / oidc-provider's, which has no token exchange. */
export const SIGNED_WORKLOADS: { id: SignedId; name: string; atLeast: number | null }[] = [
  { id: "assertion", name: "client_credentials, private_key_jwt", atLeast: 1.5 },
  { id: "dpop", name: "client_credentials, DPoP", atLeast: 1.5 },
  { id: "dpop-userinfo", name: "userinfo, DPoP", atLeast: 1.5 },
  { id: "par", name: "pushed request", atLeast: 1 },
  { id: "poll", name: "device poll, pending", atLeast: 1 },
  { id: "exchange", name: "token exchange", atLeast: null },
];

/** More values than one round uses. */
function once<T extends Record<string, string>>(make: (index: number) => T): NonNullable<Exchange["each"]> {
  return { values: Array.from({ length: CODES }, (_, index) => make(index)), once: true };
}

const MACHINE = { grant_type: "client_credentials", scope: "photos:read" };
const ASSERTED = { ...MACHINE, client_assertion_type: ASSERTION_TYPE, client_assertion: "{assertion}" };
const PUSHED = {
  response_type: "code",
  redirect_uri: REDIRECT_URI,
  scope: "openid profile email",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
  state: "s",
  nonce: "of-the-bench",
};

const foyerUrl = ({ ground }: FoyerSide, path: string) => `http://localhost:${ground.server.port}${path}`;
const peerUrl = ({ program }: PeerSide, path: string) => `http://localhost:${program.port}${path}`;

const bound = new WeakMap<object, Promise<string[]>>();

function onceFor(side: object, make: () => Promise<string[]>): Promise<string[]> {
  const known = bound.get(side) ?? make();
  bound.set(side, known);
  return known;
}

/** The token at `index` is bound to the key of the client with this number. */
function foyerBoundTokens(side: FoyerSide): Promise<string[]> {
  const url = foyerUrl(side, "/o/token");
  return onceFor(side, () =>
    Promise.all(
      confidential(side, userTokens(side)).map(async ({ client, refresh }, index) => {
        const form = { grant_type: "refresh_token", refresh_token: refresh };
        return (await postForm(url, client, form, dpopProof(index, "POST", url))).access_token ?? "";
      }),
    ),
  );
}

function peerBoundTokens(side: PeerSide): Promise<string[]> {
  const url = peerUrl(side, "/token");
  return onceFor(side, async () => {
    const codes = (await walks(side, "opaque", WALKED)).map(({ code }) => code);
    const copies = await copyRows(side, "AuthorizationCode", codes, WALKED);
    const answers = copies.map((code, index) =>
      peerTokens(side.program.port, "opaque", code, dpopProof(index, "POST", url)),
    );
    return (await Promise.all(answers)).map(({ access_token = "" }) => access_token);
  });
}

function boundUserinfo(path: string, url: string, tokens: string[]): Exchange {
  const each = once((index) => {
    const at = index % tokens.length;
    const token = tokens[at] ?? "";
    return { token, proof: dpopProof(at, "GET", url, token) };
  });
  return { path, status: 200, headers: { Authorization: "DPoP {token}", DPoP: "{proof}" }, each };
}

/** A wrong code would get the same status. */
async function requirePending(url: string, client: string, code = ""): Promise<void> {
  const body = new URLSearchParams({ grant_type: DEVICE_GRANT, device_code: code });
  const answer = await fetch(url, { method: "POST", headers: { authorization: basic(client) }, body });
  const { error } = (await answer.json()) as { error?: string };
  if (error !== "authorization_pending") throw new Error(`${url} answered ${answer.status} ${error} to a poll`);
}

let devices = 1;

export const SIGNED_FOYER: Record<SignedId, (side: FoyerSide) => Promise<Exchange>> = {
  async assertion(side) {
    const each = once((index) => {
      const app = (index % side.population.apps) + 1;
      return { assertion: clientAssertion(clientId(app, "keys"), foyerUrl(side, `/o/${appId(app)}`)) };
    });
    return { ...tokenExchange(ASSERTED, { each }), headers: FORM };
  },
  async dpop(side) {
    const each = once((index) => ({
      authorization: basic(clientId((index % side.population.apps) + 1, "machine")),
      proof: dpopProof(index, "POST", foyerUrl(side, "/o/token")),
    }));
    return tokenExchange(MACHINE, { each, headers: { ...FORM, Authorization: "{authorization}", DPoP: "{proof}" } });
  },
  async "dpop-userinfo"(side) {
    return boundUserinfo("/o/userinfo", foyerUrl(side, "/o/userinfo"), await foyerBoundTokens(side));
  },
  async par(side) {
    const values = Array.from({ length: side.population.apps }, (_, index) => ({
      authorization: basic(clientId(index + 1, "web")),
    }));
    return { ...tokenExchange(PUSHED, { each: { values } }), path: "/o/par", status: 201 };
  },
  async poll(side) {
    const codes = await generateDeviceCodes(side.database, side.population.apps, CODES, devices);
    devices += CODES;
    const [{ app: last, code } = { app: 1, code: "" }] = codes.slice(-1);
    await requirePending(foyerUrl(side, "/o/token"), clientId(last, "device"), code);
    const values = codes.map(({ app, code }) => ({ code, authorization: basic(clientId(app, "device")) }));
    const fields = { grant_type: DEVICE_GRANT, device_code: "{code}" };
    return { ...tokenExchange(fields, { each: { values, once: true } }), status: 400 };
  },
  async exchange(side) {
    const held = await withAccessTokens(side);
    const values = held.map(({ client, token }) => ({
      token,
      // The client of the same app.
      authorization: basic(client.replace(/\d$/, "5")),
    }));
    const type = "urn:ietf:params:oauth:token-type:access_token";
    const grant_type = "urn:ietf:params:oauth:grant-type:token-exchange";
    return tokenExchange(
      { grant_type, subject_token: "{token}", subject_token_type: type, scope: "email" },
      { each: { values } },
    );
  },
};

function peerPost(client: string, fields: Record<string, string>, rest: Partial<Exchange>): Exchange {
  const headers = { ...FORM, Authorization: basic(client) };
  return { method: "POST", path: "/token", status: 200, headers, body: encode(fields), ...rest };
}

export const SIGNED_PEER: Partial<Record<SignedId, (side: PeerSide) => Promise<Exchange>>> = {
  async assertion(side) {
    const each = once(() => ({ assertion: clientAssertion("keys", peerUrl(side, "")) }));
    return peerPost("keys", ASSERTED, { each, headers: FORM });
  },
  async dpop(side) {
    const each = once((index) => ({ proof: dpopProof(index, "POST", peerUrl(side, "/token")) }));
    return peerPost("machine", MACHINE, {
      each,
      headers: { ...FORM, Authorization: basic("machine"), DPoP: "{proof}" },
    });
  },
  async "dpop-userinfo"(side) {
    return boundUserinfo("/me", peerUrl(side, "/me"), await peerBoundTokens(side));
  },
  async par() {
    return peerPost("web", { client_id: "web", ...PUSHED }, { path: "/request", status: 201 });
  },
  async poll(side) {
    const started = await postForm(peerUrl(side, "/device/auth"), "device", { scope: "openid" });
    const codes = await copyRows(side, "DeviceCode", [started.device_code ?? ""], CODES);
    await requirePending(peerUrl(side, "/token"), "device", codes.at(-1));
    const values = codes.map((code) => ({ code }));
    const fields = { grant_type: DEVICE_GRANT, device_code: "{code}" };
    return peerPost("device", fields, { status: 400, each: { values, once: true } });
  },
};
