/** OAuth request parameters: repeated and empty parameters (RFC 6749 §3.1, §3.2). */
import { oauthFail } from "./errors";

/**
 * The parameters of the standards, which a request must not repeat (RFC 6749 §3.1, §3.2). Foyer
 * ignores unknown ones. `resource` and `audience` may be repeated (RFC 8707 §2, RFC 8693 §2.1).
 */
const STANDARD = new Set([
  ...["client_id", "client_secret", "client_assertion", "client_assertion_type", "response_type", "response_mode"],
  ...["redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "code_verifier", "code"],
  ...["prompt", "max_age", "display", "ui_locales", "claims_locales", "claims", "acr_values", "id_token_hint"],
  ...["login_hint", "logout_hint", "post_logout_redirect_uri", "request", "request_uri", "registration", "dpop_jkt"],
  ...["grant_type", "refresh_token", "assertion", "username", "password", "token", "token_type_hint", "access_token"],
  ...["subject_token", "subject_token_type", "actor_token", "actor_token_type", "requested_token_type", "device_code"],
  ...["user_code", "organization"],
]);

const MAX_PARAMETERS = 100;
const MAX_VALUE_LENGTH = 8192;

export interface Parameters {
  /** undefined if the parameter is absent or empty: RFC 6749 §3.1 treats both alike. */
  get(name: string): string | undefined;
  all(name: string): string[];
  names(): string[];
  /** All of them, URL-encoded. */
  encoded(): string;
  /** The parameters of the standards that were sent more than once. `get` returns their first value. */
  repeated: string[];
}

type Pair = [name: string, value: string];

function encodePairs(pairs: Pair[]): string {
  return new URLSearchParams(pairs).toString();
}

/** @throws invalid_request for a malformed parameter */
export function parametersOf(pairs: Pair[]): Parameters {
  return parseParameters(encodePairs(pairs));
}

/** @throws invalid_request for a malformed parameter */
export function parseParameters(encoded: string): Parameters {
  const repeated: string[] = [];
  const values = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (++count > MAX_PARAMETERS)
      oauthFail("invalid_request", `The request has more than ${MAX_PARAMETERS} parameters. Send fewer`);
    if (value === "") continue;
    if (name.length > 100 || value.length > MAX_VALUE_LENGTH)
      oauthFail(
        "invalid_request",
        `The parameter ${name.slice(0, 100)} is too long. Send at most ${MAX_VALUE_LENGTH} characters`,
      );
    if (value.includes("\0") || name.includes("\0") || value.includes("\ufffd")) {
      oauthFail("invalid_request", "A parameter contains a NUL character or invalid UTF-8. Send valid UTF-8");
    }
    const earlier = values.get(name);
    if (earlier && STANDARD.has(name)) repeated.push(name);
    values.set(name, [...(earlier ?? []), value]);
  }
  return {
    get: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
    names: () => [...values.keys()],
    encoded: () => encodePairs([...values].flatMap(([name, all]) => all.map((value): Pair => [name, value]))),
    repeated,
  };
}

/** @throws invalid_request if one of these parameters (by default, of all) was sent more than once */
export function requireUnrepeated({ repeated }: Parameters, names?: string[]): void {
  const [name] = names ? repeated.filter((one) => names.includes(one)) : repeated;
  if (name !== undefined)
    oauthFail("invalid_request", `The parameter ${name} was sent twice. Send it once`, { section: "RFC 6749 §3.1" });
}

/** @throws invalid_request for a repeated or malformed parameter */
export function readParameters(encoded: string): Parameters {
  const parameters = parseParameters(encoded);
  requireUnrepeated(parameters);
  return parameters;
}

/** @throws invalid_request if the parameter is missing */
export function required(parameters: Parameters, name: string, section: string): string {
  return parameters.get(name) ?? oauthFail("invalid_request", `The parameter ${name} is missing`, { section });
}
