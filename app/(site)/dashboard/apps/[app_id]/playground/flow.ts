/** Values of a playground flow, and the requests that several steps build. */

export interface Flow {
  appId: string;
  issuer: string;
  redirectUri: string;
  clientId: string;
  /** Undefined for a public client. */
  clientSecret?: string;
  scope: string;
  /** How the user signs in: in this browser, or with a code that a device shows. */
  kind?: "code" | "device";
  /** Whether the request is pushed first (RFC 9126). */
  par?: boolean;
  /** The identifier of the API that tokens are for (RFC 8707). */
  resource?: string;
  /** The class of sign-in that the request asks for (OIDC Core §3.1.2.1). */
  acr?: string;
  /** The private key that tokens are bound to (RFC 9449). */
  dpopKey?: JsonWebKey;
  verifier: string;
  challenge: string;
  state: string;
  nonce: string;
  requestUri?: string;
  code?: string;
  deviceCode?: string;
  verificationUri?: string;
  accessToken?: string;
  refreshToken?: string;
}

/** An API that tokens can be issued for. */
export interface ResourceChoice {
  identifier: string;
  name: string;
}

/** What a new start of the flow forgets. */
export const NOT_STARTED = {
  ...{ requestUri: undefined, code: undefined, deviceCode: undefined, verificationUri: undefined },
  ...{ accessToken: undefined, refreshToken: undefined },
};

export interface StepRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  form?: Record<string, string>;
}

/** RFC 6749 §2.3.1: ID and secret are form-encoded before they are joined. */
function clientHeaders({ clientId, clientSecret }: Flow): Record<string, string> {
  if (!clientSecret) return {};
  return { Authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}` };
}

export function post(flow: Flow, endpoint: string, form: Record<string, string>): StepRequest {
  const clientId: Record<string, string> = flow.clientSecret ? {} : { client_id: flow.clientId };
  return {
    method: "POST",
    url: `${flow.issuer}/${endpoint}`,
    headers: clientHeaders(flow),
    form: { ...form, ...clientId },
  };
}

/** A request with the access token, in the scheme of its type. */
export function withToken(flow: Flow, url: string): StepRequest {
  const scheme = flow.dpopKey ? "DPoP" : "Bearer";
  return { method: "GET", url, headers: { Authorization: `${scheme} ${flow.accessToken ?? ""}` } };
}

/** The parameter `resource`, if one is chosen. */
export function resourceOf({ resource }: Flow): Record<string, string> {
  return resource ? { resource } : {};
}

export function authorizationParameters(flow: Flow): Record<string, string> {
  return {
    response_type: "code",
    client_id: flow.clientId,
    redirect_uri: flow.redirectUri,
    scope: flow.scope,
    ...resourceOf(flow),
    ...(flow.acr && { acr_values: flow.acr }),
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: flow.challenge,
    code_challenge_method: "S256",
  };
}

export function authorizeUrl(flow: Flow): string {
  const { requestUri } = flow;
  const query =
    flow.par && requestUri ? { client_id: flow.clientId, request_uri: requestUri } : authorizationParameters(flow);
  return `${flow.issuer}/authorize?${new URLSearchParams(query)}`;
}
