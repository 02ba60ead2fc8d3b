/** The errors of the API reference: code, status, and when a call fails with it. */

interface ErrorFacts {
  status: number;
  /** If it differs from the name, since one code can have two statuses. */
  code?: string;
  /** The cause and the remedy. */
  when: string;
}

/**
 * Errors under /api: `error`, `error_description`, `request_id`, and `fields` for invalid input.
 */
export const ERRORS = {
  invalid_request: { status: 400, when: "A field or parameter is missing or invalid. `fields` says which and why." },
  invalid_code: { status: 400, when: "The code is unknown, expired or already used. A code works once." },
  rejected_registration: {
    code: "invalid_passkey",
    status: 400,
    when: "The browser's answer is for another page, user or challenge, or its key isn't supported. The description says what.",
  },
  invalid_link: { status: 400, when: "The link is incomplete, or belongs to another app." },
  link_used: { status: 400, when: "The link was already used. A link works once." },
  link_expired: { status: 400, when: "The link has expired." },
  state_missing: { status: 400, when: "The provider's response has no `state`, or more than one." },
  state_unknown: { status: 400, when: "Foyer did not issue this `state`, or it belongs to another app." },
  state_expired: { status: 400, when: "The sign-in took longer than 15 minutes." },
  state_reused: { status: 400, when: "The sign-in was already completed. A `state` works once." },
  state_of_another_browser: { status: 400, when: "Another browser started this sign-in." },
  state_of_another_connection: { status: 400, when: "The sign-in was started with another connection." },
  invalid_api_key: { status: 401, when: "The API key is missing, unknown, revoked or incomplete." },
  unauthorized: { status: 401, when: "The token is missing or wrong." },
  invalid_token: { status: 401, when: "The token is malformed or expired, or its session was revoked." },
  invalid_credentials: {
    status: 401,
    when: "The email or the password is wrong. An unknown user gets the same error.",
  },
  wrong_code: { code: "invalid_code", status: 401, when: "The code is wrong, expired or already used." },
  invalid_passkey: {
    status: 401,
    when: "The passkey is unknown or another app's, or the answer is for another page or challenge. The description says what.",
  },
  invalid_grant: { status: 401, when: "The refresh token or code is unknown, expired, revoked or already used." },
  no_user: { status: 403, when: "The token was issued to a client for itself, so it has no user." },
  user_disabled: { status: 403, when: "The user is disabled." },
  email_not_verified: { status: 403, when: "The app requires a verified email, and the user's is not verified." },
  reauthentication_required: {
    status: 403,
    when: "A user without a password must have signed in within the last five minutes.",
  },
  mfa_required: {
    status: 403,
    when: "The user needs a second factor. `mfa_token` and `methods` are in the body: complete the sign-in with them.",
  },
  mfa_enrollment_required: {
    status: 403,
    when: "The app requires a second factor, and the user has none. `mfa_token` and `methods` are in the body: add one with them.",
  },
  insufficient_user_authentication: {
    status: 403,
    when: "This requires a sign-in within `max_age` seconds that reaches `acr_values`, which are in the body.",
  },
  method_disabled: { status: 403, when: "The app has disabled this sign-in method." },
  connection_disabled: { status: 403, when: "The app has disabled this connection." },
  signup_closed: { status: 403, when: "The app does not allow sign-ups." },
  email_domain_not_allowed: { status: 403, when: "The app allows only emails of certain domains." },
  this_machine_only: { status: 403, when: "The caller is on another machine, and `METRICS_TOKEN` is not set." },
  standard_scope: { status: 403, when: "A standard scope cannot be changed." },
  not_found: { status: 404, when: "The app has no such object, or the API key belongs to another app." },
  no_factor: { status: 409, when: "The user has no second factor yet." },
  passkey_exists: { status: 409, when: "The passkey is already registered." },
  last_way_in: { status: 409, when: "This is the user's only sign-in method." },
  no_address: { status: 409, when: "The user has no email address." },
  disabled_user: { code: "user_disabled", status: 409, when: "The user is disabled, so no email is sent." },
  email_taken: { status: 409, when: "Another user of the app has this email." },
  external_id_taken: { status: 409, when: "Another user of the app has this `external_id`." },
  scope_taken: { status: 409, when: "The app already has a scope with this name." },
  resource_exists: { status: 409, when: "The app already has a resource with this identifier." },
  too_many_resources: { status: 409, when: "The app already has 100 resources, the maximum." },
  claim_taken: { status: 409, when: "The app already has a claim with this name." },
  too_many_claims: { status: 409, when: "The app already has 50 claims, the maximum." },
  no_sign_in_method: {
    status: 409,
    when: "The change would disable the app's last sign-in method. Enable another one first.",
  },
  last_secret: { status: 409, when: "This is the client's only secret. Create a new one first." },
  no_secret: { status: 409, when: "The client authenticates with `private_key_jwt` and needs no secret." },
  key_retired: { status: 409, when: "The signing key is already retired." },
  connection_exists: { status: 409, when: "The app already has a connection with this name." },
  too_many_connections: { status: 409, when: "The app already has 50 connections, the maximum." },
  public_client: { status: 409, when: "A public client has no secret." },
  idempotency_key_reused: { status: 409, when: "The `Idempotency-Key` was used with another body." },
  idempotency_in_progress: { status: 409, when: "The first request with this `Idempotency-Key` is still running." },
  payload_too_large: { status: 413, when: "The body is larger than 64 KiB." },
  unsupported_media_type: { status: 415, when: "The body was not sent as `application/json`, or is compressed." },
  rate_limited: { status: 429, when: "Too many attempts. `Retry-After` says when to try again." },
  temporarily_unavailable: {
    status: 503,
    when: "The database or a queue is unavailable or full. `Retry-After` says when to try again.",
  },
} as const satisfies Record<string, ErrorFacts>;

/** Errors under /o (RFC 6749 §5.2): `error` and `error_description`. */
export const OAUTH_ERRORS = {
  invalid_request: { status: 400, when: "A parameter is missing, repeated or malformed, or the body is not a form." },
  invalid_client: { status: 401, when: "The client is unknown, or its authentication failed." },
  invalid_grant: {
    status: 400,
    when: "The code or refresh token is unknown, expired, revoked, already used, or another client's.",
  },
  unauthorized_client: { status: 400, when: "The client is not registered for this grant type." },
  unsupported_grant_type: { status: 400, when: "Foyer does not support this grant type." },
  invalid_target: { status: 400, when: "A `resource` is not registered, or was not granted." },
  invalid_scope: { status: 400, when: "The client may request none of the scopes." },
  authorization_pending: { status: 400, when: "The user has not answered the device's request yet. Poll again." },
  slow_down: { status: 400, when: "The device polls too fast. It must wait 5 seconds longer from now on." },
  expired_token: { status: 400, when: "The device code has expired. Start a new device authorization." },
  access_denied: { status: 400, when: "The user denied the device's request." },
  invalid_request_object: {
    status: 400,
    when: "The signed request is malformed, expired or not signed by the client.",
  },
  invalid_dpop_proof: { status: 400, when: "The DPoP proof is wrong, was already used, or is missing but required." },
  use_dpop_nonce: {
    status: 400,
    when: "The app requires nonces. Repeat the request with the nonce in `DPoP-Nonce`.",
  },
  invalid_token: { status: 401, when: "The token is missing, malformed, expired or revoked." },
  rejected_proof: {
    code: "invalid_dpop_proof",
    status: 401,
    when: "The DPoP proof of a bound token is missing or wrong, or was already used. `use_dpop_nonce` if it needs a nonce.",
  },
  invalid_redirect_uri: { status: 400, when: "A redirect URI is missing or may not be registered." },
  invalid_client_metadata: { status: 400, when: "A member of the client's metadata is invalid." },
  registration_off: {
    code: "invalid_request",
    status: 404,
    when: "The app does not exist, or does not allow registration.",
  },
  insufficient_scope: { status: 403, when: "The token does not have the scope `openid`." },
  rate_limited: {
    code: "invalid_request",
    status: 429,
    when: "Too many failed attempts. `Retry-After` says when to try again.",
  },
  unknown_app: { code: "invalid_request", status: 404, when: "The app does not exist." },
  temporarily_unavailable: { status: 503, when: "The database is unavailable. `Retry-After` says when to try again." },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorName = keyof typeof ERRORS;
export type OAuthErrorName = keyof typeof OAUTH_ERRORS;
