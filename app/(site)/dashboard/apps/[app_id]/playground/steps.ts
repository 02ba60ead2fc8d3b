/** Steps of the playground: the requests of an authorization code flow, as pure functions. */

export interface Flow {
  appId: string;
  issuer: string;
  redirectUri: string;
  clientId: string;
  /** Undefined for a public client. */
  clientSecret?: string;
  scope: string;
  verifier: string;
  challenge: string;
  state: string;
  nonce: string;
  code?: string;
  accessToken?: string;
  refreshToken?: string;
}

export interface StepRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  form?: Record<string, string>;
}

export interface Step {
  id: string;
  title: string;
  /** What the step does, with its standard. */
  description: string;
  /** Whether the values that the request needs are known. */
  isReady: (flow: Flow) => boolean;
  request: (flow: Flow) => StepRequest;
}

/** RFC 6749 §2.3.1: ID and secret are form-encoded before they are joined. */
function clientHeaders({ clientId, clientSecret }: Flow): Record<string, string> {
  if (!clientSecret) return {};
  return { Authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}` };
}

function post(flow: Flow, endpoint: string, form: Record<string, string>): StepRequest {
  const clientId: Record<string, string> = flow.clientSecret ? {} : { client_id: flow.clientId };
  return {
    method: "POST",
    url: `${flow.issuer}/${endpoint}`,
    headers: clientHeaders(flow),
    form: { ...form, ...clientId },
  };
}

function bearer(url: string, token: string): StepRequest {
  return { method: "GET", url, headers: { Authorization: `Bearer ${token}` } };
}

export function authorizeUrl(flow: Flow): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: flow.clientId,
    redirect_uri: flow.redirectUri,
    scope: flow.scope,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: flow.challenge,
    code_challenge_method: "S256",
  });
  return `${flow.issuer}/authorize?${query}`;
}

const origin = (flow: Flow) => new URL(flow.issuer).origin;

export const STEPS: Step[] = [
  {
    id: "authorize",
    title: "Authorize",
    description:
      "The browser goes to Foyer. The user signs in and gives consent. Foyer redirects back with an authorization code (RFC 6749 §4.1, RFC 7636).",
    isReady: () => true,
    request: (flow) => ({ method: "GET", url: authorizeUrl(flow), headers: {} }),
  },
  {
    id: "token",
    title: "Exchange the code",
    description:
      "The application’s backend exchanges the code for tokens. A code works once, within one minute (RFC 6749 §4.1.3).",
    isReady: (flow) => flow.code !== undefined,
    request: (flow) =>
      post(flow, "token", {
        grant_type: "authorization_code",
        code: flow.code ?? "",
        redirect_uri: flow.redirectUri,
        code_verifier: flow.verifier,
      }),
  },
  {
    id: "me",
    title: "Read the user",
    description:
      "Returns the user’s data that the scopes allow. Foyer checks on every request that the grant is active.",
    isReady: (flow) => flow.accessToken !== undefined,
    request: (flow) => bearer(`${origin(flow)}/api/me`, flow.accessToken ?? ""),
  },
  {
    id: "refresh",
    title: "Refresh",
    description:
      "Gets a new access token without the user. A confidential client keeps its refresh token, a public client gets a new one (RFC 6749 §6).",
    isReady: (flow) => flow.refreshToken !== undefined,
    request: (flow) => post(flow, "token", { grant_type: "refresh_token", refresh_token: flow.refreshToken ?? "" }),
  },
  {
    id: "introspect",
    title: "Introspect",
    description:
      "Returns whether the access token is active, and its claims. Only for clients with a secret (RFC 7662).",
    isReady: (flow) => flow.accessToken !== undefined && flow.clientSecret !== undefined,
    request: (flow) => post(flow, "introspect", { token: flow.accessToken ?? "" }),
  },
  {
    id: "revoke",
    title: "Revoke",
    description:
      "Revokes the refresh token and all tokens of its grant. Read the user again to see the effect (RFC 7009).",
    isReady: (flow) => flow.refreshToken !== undefined,
    request: (flow) => post(flow, "revoke", { token: flow.refreshToken ?? "" }),
  },
];

/** The flow with the tokens of a response. */
export function applyResponse(flow: Flow, stepId: string, status: number, body: unknown): Flow {
  const response = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof response[name] === "string" ? (response[name] as string) : undefined);
  if (status !== 200) return flow;
  if (stepId === "token" || stepId === "refresh")
    return {
      ...flow,
      // A code works once.
      code: undefined,
      accessToken: text("access_token"),
      refreshToken: text("refresh_token") ?? flow.refreshToken,
    };
  if (stepId === "revoke") return { ...flow, refreshToken: undefined };
  return flow;
}
