/** Every way in which a documented call may be refused: the code that programs compare, its status, and when it comes. */

interface ErrorFacts {
  status: number;
  /** Where it is not the name here, since one code comes with two statuses. */
  code?: string;
  /** When it comes, and what to do about it. */
  when: string;
}

/** In the shape of /api: `error`, `error_description`, `request_id`, and `fields` for invalid input. */
export const ERRORS = {
  invalid_request: { status: 400, when: "Something sent is missing or wrong; `fields` says what, by name." },
  invalid_code: { status: 400, when: "The code is unknown, expired or used up; it works once." },
  invalid_link: { status: 400, when: "The link is incomplete, or another App's." },
  link_used: { status: 400, when: "The link was used before; each works once." },
  link_expired: { status: 400, when: "The link is too old." },
  state_missing: { status: 400, when: "The provider's answer came without `state`, or with two." },
  state_unknown: { status: 400, when: "The `state` is not one of ours, or another App's." },
  state_expired: { status: 400, when: "The sign-in took longer than fifteen minutes." },
  state_reused: { status: 400, when: "The sign-in was finished before; each `state` works once." },
  state_of_another_browser: { status: 400, when: "Another browser began this sign-in." },
  state_of_another_connection: { status: 400, when: "The sign-in began with another connection." },
  invalid_api_key: { status: 401, when: "No API key was sent, or it is unknown, revoked or incomplete." },
  unauthorized: { status: 401, when: "No token was sent, or it is not the right one." },
  invalid_token: { status: 401, when: "The token is malformed or expired, or its session has ended." },
  invalid_credentials: { status: 401, when: "Address or password is wrong; the same for an unknown user." },
  wrong_code: { code: "invalid_code", status: 401, when: "The code is wrong, expired or used up." },
  invalid_grant: { status: 401, when: "It is unknown, used up, expired or revoked." },
  no_user: { status: 403, when: "The token was given to a client for itself; no user is behind it." },
  user_disabled: { status: 403, when: "The user is disabled." },
  email_not_verified: { status: 403, when: "The App lets in verified addresses only, and this one is not." },
  reauthentication_required: {
    status: 403,
    when: "Who has no password must have signed in within the last five minutes.",
  },
  method_disabled: { status: 403, when: "The App has switched this way of signing in off." },
  connection_disabled: { status: 403, when: "The App has switched this connection off." },
  signup_closed: { status: 403, when: "The App takes no new users by sign-up." },
  email_domain_not_allowed: { status: 403, when: "The App takes addresses of certain domains only." },
  this_machine_only: { status: 403, when: "The caller is on another machine, and no `METRICS_TOKEN` is set." },
  standard_scope: { status: 403, when: "A standard scope is the same in every App." },
  not_found: { status: 404, when: "There is nothing of this id in the App, or the API key is another App's." },
  no_address: { status: 409, when: "The user has no e-mail address to write to." },
  disabled_user: { code: "user_disabled", status: 409, when: "The user is disabled, so nothing is mailed to them." },
  email_taken: { status: 409, when: "A user of the App has this address already." },
  external_id_taken: { status: 409, when: "A user of the App has this `external_id` already." },
  scope_taken: { status: 409, when: "The App has a scope of this name already." },
  last_secret: { status: 409, when: "It is the client's only secret; make a new one first." },
  key_retired: { status: 409, when: "The signing key is retired already." },
  connection_exists: { status: 409, when: "The App has a connection of this name already." },
  too_many_connections: { status: 409, when: "An App has 50 connections at most." },
  public_client: { status: 409, when: "A public client has no secret." },
  idempotency_key_reused: { status: 409, when: "The `Idempotency-Key` was used with another body." },
  idempotency_in_progress: { status: 409, when: "The first call with this `Idempotency-Key` is still running." },
  payload_too_large: { status: 413, when: "The body is larger than 64 KiB." },
  unsupported_media_type: { status: 415, when: "The body was not sent as `application/json`." },
  rate_limited: { status: 429, when: "Too many attempts; `Retry-After` says when to come back." },
  temporarily_unavailable: { status: 503, when: "The database or a queue is full or away; `Retry-After` says when." },
} as const satisfies Record<string, ErrorFacts>;

/** In the shape of RFC 6749 §5.2, under /o: `error` and `error_description`. */
export const OAUTH_ERRORS = {
  invalid_request: { status: 400, when: "A parameter is missing, repeated or malformed, or the body is no form." },
  invalid_client: { status: 401, when: "The client is unknown, or its proof is wrong." },
  invalid_grant: { status: 400, when: "The code or refresh token is unknown, used, expired, revoked, or another's." },
  unauthorized_client: { status: 400, when: "The client is not registered for this grant type." },
  unsupported_grant_type: { status: 400, when: "There is no such grant type." },
  invalid_scope: { status: 400, when: "None of the scopes may be had." },
  invalid_token: { status: 401, when: "The token is missing, malformed, expired or revoked." },
  insufficient_scope: { status: 403, when: "The token lacks the scope `openid`." },
  rate_limited: { code: "invalid_request", status: 429, when: "Too many failed attempts; `Retry-After` says when." },
  unknown_app: { code: "invalid_request", status: 404, when: "There is no such App." },
  temporarily_unavailable: { status: 503, when: "The database is away; `Retry-After` says when to come back." },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorName = keyof typeof ERRORS;
export type OAuthErrorName = keyof typeof OAUTH_ERRORS;
