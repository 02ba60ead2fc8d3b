/**
 * What goes wrong between us and a provider, in the three words that an App gets (`access_denied`, `provider_unavailable`, `provider_error`), and
 * for its owner: what exactly was said, what was expected, what to do.
 */
import * as oauth from "oauth4webapi";
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
    code: string,
    description: string,
    readonly facts: Facts,
    cause?: unknown,
  ) {
    super(400, code, description, { cause, detail: JSON.stringify(facts) });
    this.name = "SocialError";
  }
}

/** The provider answered with something that nobody can use. */
export function failProvider(problem: string, facts: Facts = {}, cause?: unknown): never {
  throw providerError(problem, facts, cause);
}

function providerError(problem: string, facts: Facts = {}, cause?: unknown): SocialError {
  const description = "The other service did not answer as it should. Try again, or sign in in another way.";
  return new SocialError("provider_error", description, { problem: short(problem), ...facts }, cause);
}

function short(text: unknown, length = 300): string {
  return String(text)
    .replace(/[^\x20-\x7e]+/g, " ")
    .slice(0, length);
}

/** What the user, or the provider for them, answered in place of a code (RFC 6749 §4.1.2.1). */
function refusal(error: oauth.AuthorizationResponseError): SocialError {
  const facts = {
    problem: `the provider answered ${short(error.error, 60)}`,
    ...(error.error_description && { provider_says: short(error.error_description) }),
  };
  if (error.error === "access_denied")
    return new SocialError("access_denied", "The sign-in was cancelled at the other service.", facts);
  if (error.error === "temporarily_unavailable") return unavailable(facts, error);
  return providerError(facts.problem, facts, error);
}

function unavailable(facts: Facts, cause: unknown): SocialError {
  const description = "The other service does not answer right now. Try again in a moment, or sign in in another way.";
  return new SocialError("provider_unavailable", description, facts, cause);
}

/** Answers of the token endpoint that are the owner's to mend. */
const REMEDIES: Record<string, string> = {
  invalid_client: "Compare client id and client secret with those at the provider.",
  incorrect_client_credentials: "Compare client id and client secret with those at the provider.",
  unauthorized_client: "Allow the authorization code grant for this client at the provider.",
  redirect_uri_mismatch: "Register the connection's callback URL at the provider, exactly as it is shown.",
  invalid_scope: "Compare the connection's scopes with what the provider allows.",
};

function tokenRefusal(error: oauth.ResponseBodyError): SocialError {
  const remedy = REMEDIES[error.error];
  return providerError(
    `the token endpoint answered ${short(error.error, 60)}`,
    {
      status: error.status,
      ...(error.error_description && { provider_says: short(error.error_description) }),
      ...(remedy && { remedy }),
    },
    error,
  );
}

/** oauth4webapi tells what it compared with what. A nonce is nobody's business. */
function comparison(error: Error): Facts {
  const { expected, claim, attribute, claims, body, header } = (error.cause ?? {}) as Record<string, unknown>;
  const name = claim ?? attribute ?? (header ? "alg" : undefined);
  if (typeof name !== "string" || expected === undefined || name === "nonce") return {};
  const received = ((claims ?? body ?? header ?? {}) as Record<string, unknown>)[name];
  return { expected: short(JSON.stringify(expected), 200), received: short(JSON.stringify(received), 200) };
}

/** Whatever was thrown while a provider was asked. */
export function toSocialError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isOutboundError(error)) {
    const facts = { problem: short(error.message) };
    return error.reason === "timeout" || error.reason === "unreachable"
      ? unavailable(facts, error)
      : providerError(facts.problem, {}, error);
  }
  if (error instanceof oauth.AuthorizationResponseError) return refusal(error);
  if (error instanceof oauth.ResponseBodyError) return tokenRefusal(error);
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return providerError("the provider refused our credentials", { status: error.status }, error);
  const known = error instanceof Error ? error : new Error(String(error));
  return providerError(known.message, comparison(known), known);
}
