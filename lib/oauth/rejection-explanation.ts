/**
 * What an App's owner can do about a refused request: in words always, and with one click where all that is missing is a value in the
 * settings of the client. Facts in, advice out.
 */
import { z } from "zod";
import type { Actor } from "../audit/events";
import { fail } from "../errors";
import { changeClient } from "./clients/clients";
import { type ClientInput, clientProblems, withDefaults } from "./clients/inputs";

/** Lists of a client that a request may have asked for more of. */
const FIELDS = {
  redirect_uri: "redirect_uris",
  post_logout_redirect_uri: "post_logout_redirect_uris",
  scope: "scopes",
  grant_type: "grant_types",
} as const satisfies Record<string, keyof ClientInput>;

export interface Fix {
  field: (typeof FIELDS)[keyof typeof FIELDS];
  /** What the client's list gets in addition. */
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
    "If this address belongs to the client, register it. If not, the client has to send a registered one: the two are compared character by character.",
  post_logout_redirect_uris:
    "If this address belongs to the client, register it. If not, the client has to send a registered one.",
  scopes: "If the client may ask for it, allow the scope. Users are still asked for their consent.",
  grant_types: "If the client may get tokens in this way, allow the grant.",
};

/** By the section that was enforced: what the standard wants of the client's developers. */
const ADVICE: Record<string, string> = {
  "RFC 6749 §2.3":
    "Compare the id and the secret that the client sends with this client; if the secret is lost, make a new one. A client whose method is pinned must use that one.",
  "RFC 6749 §4.1.3":
    "Each code is exchanged once, within a minute, with the very redirect_uri of the authorization request. A second use usually is a callback page that was reloaded.",
  "RFC 7636 §4.5": "Send the code_verifier that belongs to the code_challenge of the authorization request.",
  "RFC 7636 §4.6":
    "Keep the code_verifier of each authorization request with its state, and send that one. Two requests at once in one browser must not share it.",
  "RFC 9700 §2.1.1":
    "Switch PKCE on in the client's OAuth library: it sends code_challenge and code_challenge_method=S256, and the code_verifier afterwards.",
  "RFC 6749 §6":
    "Store each new refresh_token in place of the one before, and start a new authorization when one is refused: the user may have disconnected the app.",
  "RFC 6750 §3.1": "The token has expired or was revoked. The client gets a new one with its refresh token.",
  "RFC 6749 §4.1.2.1": "Compare the client_id that is sent with the ids of this App's clients.",
};

/** Rules that the client would break with the values in addition; of an unknown scope, that it has to be made first. */
function problemWith(client: ClientInput, { field, values }: Fix, knownScopes: ReadonlySet<string>): string | null {
  const unknown = field === "scopes" && values.find((name) => !knownScopes.has(name));
  if (unknown) return `${unknown} is no scope of this App. Make it first, then allow it to the client.`;
  const changed = withDefaults({ ...client, [field]: [...client[field], ...values] });
  const added = (name: string) => name.split(".")[0] === field;
  const [name, problem] = Object.entries(clientProblems(changed)).find(([name]) => added(name)) ?? [];
  if (!name) return null;
  return `${values.join(", ")} cannot be added: it ${problem}. The client has to send another one.`;
}

/**
 * @param explanation that of the `oauth.rejected` event
 * @param client as it is now; null when it is no more, or never was
 */
export function explainRejection(
  explanation: unknown,
  client: ClientInput | null,
  knownScopes: ReadonlySet<string>,
): RejectionExplanation {
  const { section, parameter, sent } = Explanation.catch({ sent: [] }).parse(explanation);
  const general = { advice: ADVICE[section ?? ""] ?? "", fix: null };
  if (!parameter) return general;
  if (!client) return { advice: "The client has been deleted since.", fix: null };
  const field = FIELDS[parameter];
  const has: string[] = client[field];
  const fix: Fix = { field, values: sent.filter((value) => !has.includes(value)) };
  if (fix.values.length === 0)
    return { advice: "The client allows this now: the next such request goes through.", fix: null };
  const problem = problemWith(client, fix, knownScopes);
  return problem ? { advice: problem, fix: null } : { advice: CHOICE[field], fix };
}

/** Adds the values to the client's list; what somebody else has added meanwhile stays. */
export async function applyFix(appId: string, clientId: string, { field, values }: Fix, by: Actor): Promise<void> {
  await changeClient(
    appId,
    clientId,
    (before) => {
      const list: string[] = before[field];
      const missing = values.filter((value) => !list.includes(value));
      if (missing.length === 0) fail(409, "already_fixed", "The client allows this already.");
      return { [field]: [...list, ...missing] };
    },
    by,
  );
}
