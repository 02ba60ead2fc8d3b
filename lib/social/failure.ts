/**
 * What goes wrong between us and a provider, in the three words that an App gets (`access_denied`,
 * `provider_unavailable`, `provider_error`), and for its owner: what exactly was said, what was
 * expected, what to do.
 */
import * as oauth from "oauth4webapi";
import { ZodError } from "zod";
import { AppError, isAppError } from "../errors";
import { isOutboundError } from "../outbound";

type Facts = Record<string, string | number>;

/** What is known of a failure, for the owner of the App. */
export function factsOf(error: AppError): Facts {
  return (error as Partial<SocialError>).facts ?? {};
}

/** `facts` go into the audit trail; never a secret, a code or a token. */
export class SocialError extends AppError {
  constructor(
    code: keyof typeof SENTENCES,
    label: string,
    readonly facts: Facts,
    cause: unknown,
  ) {
    super(400, code, SENTENCES[code](label), { cause, detail: JSON.stringify(facts) });
    this.name = "SocialError";
  }
}

/** For the person, and for the App that shows them something. */
const SENTENCES = {
  access_denied: (label: string) => `The sign-in with ${label} was cancelled.`,
  provider_unavailable: (label: string) =>
    `${label} does not answer right now. Try again in a moment, or sign in in another way.`,
  provider_error: (label: string) => `${label} did not answer as it should. Try again, or sign in in another way.`,
} as const;

/** The provider answered with something that nobody can use. */
class UnusableAnswer extends Error {}

export function failProvider(problem: string): never {
  throw new UnusableAnswer(problem);
}

function short(text: unknown, length = 300): string {
  return String(text)
    .replace(/[^\x20-\x7e]+/g, " ")
    .slice(0, length);
}

interface Diagnosis {
  code: keyof typeof SENTENCES;
  facts: Facts;
}

/** What the user, or the provider for them, answered in place of a code (RFC 6749 §4.1.2.1). */
function refusal(error: oauth.AuthorizationResponseError): Diagnosis {
  const facts = {
    problem: `the provider answered ${short(error.error, 60)}`,
    ...(error.error_description && { provider_says: short(error.error_description) }),
  };
  if (error.error === "access_denied") return { code: "access_denied", facts };
  return { code: error.error === "temporarily_unavailable" ? "provider_unavailable" : "provider_error", facts };
}

/** Answers of the token endpoint that are the owner's to mend. */
const REMEDIES: Record<string, string> = {
  invalid_client: "Compare client id and client secret with those at the provider.",
  incorrect_client_credentials: "Compare client id and client secret with those at the provider.",
  unauthorized_client: "Allow the authorization code grant for this client at the provider.",
  redirect_uri_mismatch: "Register the connection's callback URL at the provider, exactly as it is shown.",
  invalid_scope: "Compare the connection's scopes with what the provider allows.",
};

function tokenRefusal(error: oauth.ResponseBodyError): Diagnosis {
  const remedy = REMEDIES[error.error];
  const facts = {
    problem: `the token endpoint answered ${short(error.error, 60)}`,
    status: error.status,
    ...(error.error_description && { provider_says: short(error.error_description) }),
    ...(remedy && { remedy }),
  };
  return { code: "provider_error", facts };
}

/** oauth4webapi tells what it compared with what. A nonce is nobody's business. */
function comparison(error: Error): Facts {
  const { expected, claim, attribute, claims, body, header } = (error.cause ?? {}) as Record<string, unknown>;
  const name = claim ?? attribute ?? (header ? "alg" : undefined);
  if (typeof name !== "string" || expected === undefined || name === "nonce") return {};
  const received = ((claims ?? body ?? header ?? {}) as Record<string, unknown>)[name];
  return { expected: short(JSON.stringify(expected), 200), received: short(JSON.stringify(received), 200) };
}

function diagnose(error: unknown): Diagnosis {
  if (isOutboundError(error)) {
    const away = error.reason === "timeout" || error.reason === "unreachable";
    return { code: away ? "provider_unavailable" : "provider_error", facts: { problem: short(error.message) } };
  }
  if (error instanceof oauth.AuthorizationResponseError) return refusal(error);
  if (error instanceof oauth.ResponseBodyError) return tokenRefusal(error);
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const facts = { problem: "the provider refused our credentials", status: error.status };
    return { code: "provider_error", facts };
  }
  if (error instanceof ZodError)
    return { code: "provider_error", facts: { problem: "the provider did not say who the user is" } };
  const known = error instanceof Error ? error : new Error(String(error));
  return { code: "provider_error", facts: { problem: short(known.message), ...comparison(known) } };
}

/** Whatever was thrown while a provider was asked. `label` is what people call it. */
export function toSocialError(error: unknown, label: string): AppError {
  if (isAppError(error)) return error;
  const { code, facts } = diagnose(error);
  return new SocialError(code, label, facts, error);
}
