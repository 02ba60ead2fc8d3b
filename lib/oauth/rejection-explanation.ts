/**
 * Advice for rejected OAuth requests. Offers a fix if the client settings only lack a value.
 */
import { z } from "zod";
import type { Actor } from "../audit/events";
import { fail } from "../errors";
import { changeClient } from "./clients/clients";
import { type ClientInput, clientProblems, withDefaults } from "./clients/inputs";

/** Request parameter → the client setting that lists its allowed values. */
const FIELDS = {
  redirect_uri: "redirect_uris",
  post_logout_redirect_uri: "post_logout_redirect_uris",
  scope: "scopes",
  grant_type: "grant_types",
} as const satisfies Record<string, keyof ClientInput>;

export interface Fix {
  field: (typeof FIELDS)[keyof typeof FIELDS];
  /** The values to add to the client's list. */
  values: string[];
}

export interface RejectionExplanation {
  advice: string;
  fix: Fix | null;
}

const Explanation = z.object({
  section: z.string().nullish(),
  parameter: z
    .enum(Object.keys(FIELDS) as [keyof typeof FIELDS])
    .optional()
    .catch(undefined),
  sent: z.union([z.string().transform((value) => [value]), z.array(z.string())]).catch([]),
});

const CHOICE: Record<Fix["field"], string> = {
  redirect_uris:
    "If this URI belongs to the client, register it. Otherwise, the client must send a registered URI. Foyer compares them character by character.",
  post_logout_redirect_uris:
    "If this URI belongs to the client, register it. Otherwise, the client must send a registered URI.",
  scopes:
    "If the client may request this scope, allow it. Foyer asks users for consent unless the client is first-party.",
  grant_types: "If the client may use this grant type, allow it.",
};

/** Advice for the client's developers, by the violated section. */
const ADVICE: Record<string, string> = {
  "RFC 6749 §2.3":
    "Check that the client sends this client's ID and an active secret. If the secret is lost, create a new one. If the client has a fixed authentication method, it must use that method.",
  "RFC 7523 §3":
    "Create a new assertion for each request, with the issuer as aud, and sign it with a key that is registered for the client (jwks or jwks_uri).",
  "RFC 9126 §4":
    "Push each request right before you send the browser, and use its request_uri once, with the client_id of the same client.",
  "RFC 9126 §6":
    "Send the parameters to the par endpoint first, or disable require_pushed_authorization_requests in the client's settings.",
  "RFC 9101 §6":
    "Sign each request with a key that is registered for the client, with the issuer as aud, nbf and exp, and without other values outside.",
  "RFC 9101 §10.5": "Sign the request, or disable require_signed_request_object in the client's settings.",
  "RFC 6749 §4.1.3":
    "Exchange each code once, within one minute, with the redirect_uri of the authorization request. A reloaded callback page often causes a second use.",
  "RFC 7636 §4.5": "Send the code_verifier that belongs to the code_challenge of the authorization request.",
  "RFC 7636 §4.6":
    "Store the code_verifier of each authorization request with its state, and send that code_verifier. Concurrent requests in one browser must not share it.",
  "RFC 7636 §4.2": "Configure the client's OAuth library to use the PKCE method S256.",
  "RFC 7636 §4.3":
    "Configure the client's OAuth library to use the PKCE method S256. It then sends code_challenge and code_challenge_method=S256.",
  "RFC 9700 §2.1.1":
    "Enable PKCE in the client's OAuth library. It then sends code_challenge and code_challenge_method=S256, and later the code_verifier.",
  "RFC 9700 §4.8.2":
    "Send the code_challenge of the code_verifier in the authorization request. A missing one can also mean that an attacker removed it.",
  "RFC 6749 §6":
    "Replace the stored refresh_token with each new one. If a refresh_token is rejected, start a new authorization. The user may have disconnected the application.",
  "RFC 6750 §3.1": "The access token has expired or was revoked. The client can get a new one with its refresh token.",
  "RFC 8693 §2.1":
    "A token exchange can only narrow: request scopes that the subject_token has and that the client's settings allow.",
  "RFC 8693 §2.2.2":
    "Exchange an access token that a user of this app gave to a client, before it expires and while its grant is active.",
  "RFC 9449 §4.3":
    "Create a DPoP proof for each request, with its method (htm), its URL (htu), the current time (iat) and a new jti. At userinfo and /api/me, it also needs the hash of the access token (ath).",
  "RFC 9449 §5":
    "Refresh the tokens of a public client with proofs of the key that exchanged the code. If the key is lost, start a new authorization.",
  "RFC 9449 §5.2":
    "This client requires DPoP. Enable DPoP in its OAuth library, or turn off dpop_bound_access_tokens in the client's settings.",
  "RFC 9449 §7.2":
    "Send a bound access token with the scheme DPoP and a proof in the header DPoP, not with the scheme Bearer.",
  "RFC 9449 §8":
    "This is the first step of the nonce: OAuth libraries with DPoP repeat the request with the nonce in DPoP-Nonce. Otherwise, turn off dpop_nonce in the app's settings.",
  "RFC 9449 §10": "Exchange the code with a proof of the key that dpop_jkt of the authorization request named.",
  "RFC 9449 §11.1":
    "Create a new DPoP proof, with a new jti, for each request, also when the client repeats a request.",
  "OIDC Core §5.5.1.1":
    "The client requires an acr that this user can't reach. Request it with acr_values if one factor is enough too, or let users add a second factor in the app's settings.",
  "RFC 9470 §3":
    "The user must confirm with another factor, which prompt=none doesn't allow. Send the browser without prompt=none.",
  "RFC 6749 §4.1.2.1": "Check that the client_id is the ID of a client of this app.",
};

const OPTIONAL_PKCE =
  " If the library doesn't support PKCE, set PKCE to Optional in the client's advanced settings (API: pkce, CLI: clients update --pkce optional).";

function adviceFor(section: string, client: ClientInput | null): string {
  const advice = ADVICE[section] ?? "";
  const mayOmitPkce = section === "RFC 9700 §2.1.1" && client !== null && !client.public;
  return mayOmitPkce ? advice + OPTIONAL_PKCE : advice;
}

/** Why the values cannot be added: an unknown scope, or a rule that the client would violate. */
function problemWith(client: ClientInput, { field, values }: Fix, knownScopes: ReadonlySet<string>): string | null {
  const unknown = field === "scopes" && values.find((name) => !knownScopes.has(name));
  if (unknown) return `${unknown} is not a scope of this app. Create it first, then allow it for the client.`;
  const changed = withDefaults({ ...client, [field]: [...client[field], ...values] });
  const added = (name: string) => name.split(".")[0] === field;
  const [name, problem] = Object.entries(clientProblems(changed, client)).find(([name]) => added(name)) ?? [];
  if (!name) return null;
  return `${values.join(", ")} cannot be added: ${problem}. The client must send a different value.`;
}

/**
 * @param explanation of the `oauth.rejected` event
 * @param client the current settings; null if the client doesn't exist
 */
export function explainRejection(
  explanation: unknown,
  client: ClientInput | null,
  knownScopes: ReadonlySet<string>,
): RejectionExplanation {
  const { section, parameter, sent } = Explanation.catch({ sent: [] }).parse(explanation);
  const general = { advice: adviceFor(section ?? "", client), fix: null };
  if (!parameter) return general;
  if (!client) return { advice: "This client no longer exists.", fix: null };
  const field = FIELDS[parameter];
  const has: string[] = client[field];
  const fix: Fix = { field, values: sent.filter((value) => !has.includes(value)) };
  if (fix.values.length === 0)
    return { advice: "The client settings allow this now. The client can retry the request.", fix: null };
  const problem = problemWith(client, fix, knownScopes);
  return problem ? { advice: problem, fix: null } : { advice: CHOICE[field], fix };
}

/** Adds the values to the client's list. Keeps values that a concurrent change added. */
export async function applyFix(appId: string, clientId: string, { field, values }: Fix, by: Actor): Promise<void> {
  await changeClient(
    appId,
    clientId,
    (before) => {
      const list: string[] = before[field];
      const missing = values.filter((value) => !list.includes(value));
      if (missing.length === 0) fail(409, "already_fixed", "The client settings already allow this.");
      return { [field]: [...list, ...missing] };
    },
    by,
  );
}
