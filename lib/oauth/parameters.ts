/** Parameters of a form body or query under /o: RFC 6749 §3.1 and §3.2 rules of repetition and emptiness. */
import { oauthFail } from "./errors";

/** RFC 8707 §2: the only one that may repeat. */
const REPEATABLE = new Set(["resource"]);

const MAX_PARAMETERS = 100;
const MAX_VALUE_LENGTH = 8192;

export interface Parameters {
  /** undefined when absent or empty (RFC 6749 §3.1: "sent without a value MUST be treated as if omitted"). */
  get(name: string): string | undefined;
  all(name: string): string[];
  names(): string[];
}

/** @throws invalid_request for a repeated or malformed parameter */
export function readParameters(encoded: string): Parameters {
  const values = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (++count > MAX_PARAMETERS) oauthFail("invalid_request", "Too many parameters");
    if (value === "") continue;
    if (name.length > 100 || value.length > MAX_VALUE_LENGTH)
      oauthFail("invalid_request", `The parameter ${name.slice(0, 100)} is too long`);
    if (value.includes("\0") || name.includes("\0") || value.includes("\ufffd")) {
      oauthFail("invalid_request", "A parameter holds NUL or bytes that are not UTF-8");
    }
    const earlier = values.get(name);
    if (earlier && !REPEATABLE.has(name))
      oauthFail("invalid_request", `The parameter ${name} is given twice`, { section: "RFC 6749 §3.1" });
    values.set(name, [...(earlier ?? []), value]);
  }
  return {
    get: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
    names: () => [...values.keys()],
  };
}

/** A parameter that must be there. */
export function required(parameters: Parameters, name: string, section: string): string {
  return parameters.get(name) ?? oauthFail("invalid_request", `The parameter ${name} is missing`, { section });
}
