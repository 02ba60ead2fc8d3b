/**
 * Errors of sign-in providers. The app gets one of three codes (`access_denied`,
 * `provider_unavailable`, `provider_error`); its owner sees in the audit trail what the provider
 * sent, what was expected, and the remedy.
 */
import * as oauth from "oauth4webapi";
import { ZodError } from "zod";
import { AppError, isAppError } from "../errors";
import { isOutboundError } from "../outbound";

type Facts = Record<string, string | number>;

/** The facts of a failure, for the app's owner. */
export function factsOf(error: AppError): Facts {
  return (error as Partial<SocialError>).facts ?? {};
}

/** `facts` go into the audit trail: never a secret, a code or a token. */
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

/** Shown to the user. */
const SENTENCES = {
  access_denied: (label: string) => `The sign-in with ${label} was canceled.`,
  provider_unavailable: (label: string) =>
    `${label} isn't responding. Try again in a moment, or use another sign-in method.`,
  provider_error: (label: string) => `${label} sent an unexpected response. Try again, or use another sign-in method.`,
} as const;

/** The provider's response is unusable. */
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

/** An error response of the authorization endpoint (RFC 6749 §4.1.2.1). */
function refusal(error: oauth.AuthorizationResponseError): Diagnosis {
  const facts = {
    problem: `the provider returned ${short(error.error, 60)}`,
    ...(error.error_description && { provider_says: short(error.error_description) }),
  };
  if (error.error === "access_denied") return { code: "access_denied", facts };
  return { code: error.error === "temporarily_unavailable" ? "provider_unavailable" : "provider_error", facts };
}

/** Errors of the token endpoint that the app's owner can fix. */
const REMEDIES: Record<string, string> = {
  invalid_client: "Compare client ID and client secret with those at the provider.",
  incorrect_client_credentials: "Compare client ID and client secret with those at the provider.",
  unauthorized_client: "Allow the authorization code grant for this client at the provider.",
  redirect_uri_mismatch: "Register the connection's callback URL at the provider, exactly as it is shown.",
  invalid_scope: "Compare the connection's scopes with what the provider allows.",
};

function tokenRefusal(error: oauth.ResponseBodyError): Diagnosis {
  const remedy = REMEDIES[error.error];
  const facts = {
    problem: `the token endpoint returned ${short(error.error, 60)}`,
    status: error.status,
    ...(error.error_description && { provider_says: short(error.error_description) }),
    ...(remedy && { remedy }),
  };
  return { code: "provider_error", facts };
}

/** The values that oauth4webapi compared. A nonce is never recorded. */
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
    const facts = { problem: "the provider rejected the client's credentials", status: error.status };
    return { code: "provider_error", facts };
  }
  if (error instanceof ZodError)
    return { code: "provider_error", facts: { problem: "the provider's response doesn't identify the user" } };
  const known = error instanceof Error ? error : new Error(String(error));
  return { code: "provider_error", facts: { problem: short(known.message), ...comparison(known) } };
}

/** Converts any error of a request to a provider. `label` is the provider's name. */
export function toSocialError(error: unknown, label: string): AppError {
  if (isAppError(error)) return error;
  const { code, facts } = diagnose(error);
  return new SocialError(code, label, facts, error);
}
