/** OAuth request parameters: repeated and empty parameters (RFC 6749 §3.1, §3.2). */
import { oauthFail } from "./errors";

/** RFC 8707 §2: the only parameter that a request may repeat. */
const REPEATABLE = new Set(["resource"]);

const MAX_PARAMETERS = 100;
const MAX_VALUE_LENGTH = 8192;

export interface Parameters {
  /** undefined if the parameter is absent or empty: RFC 6749 §3.1 treats both alike. */
  get(name: string): string | undefined;
  all(name: string): string[];
  names(): string[];
}

/** @throws invalid_request for a repeated or malformed parameter */
export function readParameters(encoded: string): Parameters {
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
    if (earlier && !REPEATABLE.has(name))
      oauthFail("invalid_request", `The parameter ${name} was sent twice. Send it once`, { section: "RFC 6749 §3.1" });
    values.set(name, [...(earlier ?? []), value]);
  }
  return {
    get: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
    names: () => [...values.keys()],
  };
}

/** @throws invalid_request if the parameter is missing */
export function required(parameters: Parameters, name: string, section: string): string {
  return parameters.get(name) ?? oauthFail("invalid_request", `The parameter ${name} is missing`, { section });
}
