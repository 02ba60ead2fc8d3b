/** OAuth errors: standard error codes, and descriptions in the characters of RFC 6749 §5.2. */
import { AppError, type ErrorOptions } from "../errors";

export type OAuthCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "invalid_scope"
  | "invalid_target"
  | "invalid_token"
  | "invalid_redirect_uri"
  | "invalid_client_metadata"
  | "insufficient_scope"
  | "invalid_dpop_proof"
  | "use_dpop_nonce"
  | "access_denied"
  | "authorization_pending"
  | "slow_down"
  | "expired_token"
  | "unsupported_response_type"
  | "login_required"
  | "consent_required"
  | "interaction_required"
  | "account_selection_required"
  | "unmet_authentication_requirements"
  | "request_not_supported"
  | "request_uri_not_supported"
  | "invalid_request_uri"
  | "invalid_request_object"
  | "temporarily_unavailable"
  | "server_error";

const STATUS: Partial<Record<OAuthCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  temporarily_unavailable: 503,
  server_error: 500,
};

/** Replaces the characters that RFC 6749 §5.2 doesn't allow: %x20-21 / %x23-5B / %x5D-7E. */
export function oauthText(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, "?");
}

export interface OAuthErrorOptions extends ErrorOptions {
  /** Overrides the HTTP status of the error code. */
  status?: number;
  /** The section of the standard that the request violates, for the app's owner. */
  section?: string;
  /** The rejected parameter, if a client setting may allow its value. */
  parameter?: string;
  /** The sent and the registered values, for the app's owner. Never contains a secret. */
  facts?: Record<string, string | string[] | null>;
}

export class OAuthError extends AppError {
  constructor(
    override readonly code: OAuthCode,
    description: string,
    readonly oauth: OAuthErrorOptions = {},
  ) {
    super(oauth.status ?? STATUS[code] ?? 400, code, oauthText(description), oauth);
  }
}

export function isOAuthError(error: unknown): error is OAuthError {
  return typeof error === "object" && error !== null && "oauth" in error;
}

export function oauthFail(code: OAuthCode, description: string, options?: OAuthErrorOptions): never {
  throw new OAuthError(code, description, options);
}
