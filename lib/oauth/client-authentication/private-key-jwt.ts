/** `private_key_jwt`: an assertion that the client signed with its own key (RFC 7521 §4.2, RFC 7523 §2.2, §3). */
import type { App } from "../../apps/apps";
import { nowSeconds } from "../../clock";
import { type ParsedJws, parseJws, typOf } from "../../crypto/jws";
import { canonicalAlg } from "../../crypto/public-jwk";
import { env } from "../../env";
import { useOnce as isFirstUse } from "../../one-time/used-tokens";
import { LEEWAY_SECONDS, signatureProblem } from "../client-keys/verify";
import type { Client } from "../clients/client";
import { oauthFail } from "../errors";
import { type AuthenticationMethod, type ClientRequest, failClient, type Proof } from "./method";

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const MAX_LIFETIME_SECONDS = 600;
/** How far the clock of a client may be ahead before its longest assertions are rejected. */
const CLOCK_AHEAD_SECONDS = 30;
const MAX_JTI_LENGTH = 512;

function failAssertion(problem: string): never {
  oauthFail("invalid_client", `The client_assertion ${problem}`, { section: "RFC 7523 §3" });
}

function readAssertion({ parameters }: ClientRequest): ParsedJws {
  const [assertion, type] = [parameters.get("client_assertion"), parameters.get("client_assertion_type")];
  if (type !== ASSERTION_TYPE) return failClient(`The parameter client_assertion_type must be ${ASSERTION_TYPE}`);
  if (assertion === undefined) return failClient("The parameter client_assertion is missing");
  const jws = parseJws(assertion);
  if (typeof jws === "string") return failAssertion(jws);
  // RFC 8725 §3.11: a request object with the claims of an assertion is none.
  const typ = typOf(jws);
  if (typ !== undefined && typ !== "jwt" && typ !== "client-authentication+jwt")
    return failAssertion("must have the typ JWT or client-authentication+jwt, or none");
  return jws;
}

/** `iss` and `sub`, unverified. */
function claimedClient({ payload: { iss, sub } }: ParsedJws): string {
  if (typeof sub !== "string" || sub === "" || iss !== sub) failAssertion("must have the client ID as iss and sub");
  return sub;
}

/** The token endpoint accepts its own URL too, in the spelling of the app and in the short one. */
function isForFoyer(app: App, { url }: ClientRequest, aud: unknown): boolean {
  if (aud === app.issuer) return true;
  if (typeof aud !== "string" || !/\/token\/?$/.test(new URL(url).pathname)) return false;
  return [`${app.issuer}/token`, `${env().PUBLIC_URL}/o/token`].includes(aud.replace(/\/$/, ""));
}

function requireClaims(app: App, request: ClientRequest, { payload }: ParsedJws): { jti: string; exp: number } {
  const { aud, exp, nbf, iat, jti } = payload;
  const at = nowSeconds();
  // An array of audiences would let one of them use the assertion here (CVE-2025-27370).
  if (Array.isArray(aud)) failAssertion("must have one string as aud, not an array. Send the issuer");
  if (!isForFoyer(app, request, aud)) failAssertion(`must have the issuer ${app.issuer} as aud`);
  if (typeof exp !== "number" || !Number.isFinite(exp)) return failAssertion("must have a number as exp");
  if (exp <= at - LEEWAY_SECONDS) failAssertion("has expired. Create a new one for each request");
  if (exp > at + MAX_LIFETIME_SECONDS + CLOCK_AHEAD_SECONDS) failAssertion("must expire within 10 minutes");
  for (const [name, value] of Object.entries({ nbf, iat })) {
    if (value === undefined) continue;
    if (typeof value !== "number") failAssertion(`must have a number as ${name}`);
    if (value > at + LEEWAY_SECONDS) failAssertion(`has an ${name} in the future. Check the clock of the client`);
  }
  if (typeof jti !== "string" || jti === "" || jti.length > MAX_JTI_LENGTH)
    return failAssertion(`must have a string of at most ${MAX_JTI_LENGTH} characters as jti`);
  return { jti, exp };
}

async function prove(app: App, client: Client, jws: ParsedJws, request: ClientRequest): Promise<Proof> {
  const pinned = client.token_endpoint_auth_signing_alg;
  if (pinned && canonicalAlg(pinned) !== jws.alg) return failAssertion(`must be signed with ${pinned}`);
  const problem = await signatureProblem(client, jws);
  // The app's owner gets the reason in the event.
  if (problem)
    oauthFail(
      "invalid_client",
      "Client authentication failed. Check the client_assertion, its signing key and the registered keys",
      {
        section: "RFC 7523 §3",
        facts: { problem },
      },
    );
  const { jti, exp } = requireClaims(app, request, jws);
  const expiresAt = new Date((exp + LEEWAY_SECONDS + 1) * 1000);
  if (!(await isFirstUse(app.id, "assertion", `${client.id} ${jti}`, expiresAt)))
    failAssertion("was already used. Create one with a new jti for each request");
  return { secretId: null };
}

export const privateKeyJwt: AuthenticationMethod<"private_key_jwt"> = {
  name: "private_key_jwt",
  confidential: true,
  mustBeNamed: true,
  isUsed: ({ parameters }) =>
    parameters.get("client_assertion") !== undefined || parameters.get("client_assertion_type") !== undefined,
  read: (request) => {
    const assertion = readAssertion(request);
    return { clientId: claimedClient(assertion), secret: null, assertion };
  },
  prove: ({ app, client }, { assertion }, request) => (assertion ? prove(app, client, assertion, request) : null),
};
