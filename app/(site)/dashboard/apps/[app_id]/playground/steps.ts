/** Steps of the playground: the requests of a flow, as pure functions. */
import {
  authorizationParameters,
  authorizeUrl,
  type Flow,
  post,
  resourceOf,
  type StepRequest,
  withToken,
} from "./flow";

export interface Step {
  id: string;
  title: string;
  /** What the step does, with its standard. */
  description: string;
  /** Whether the values that the request needs are known. */
  isReady: (flow: Flow) => boolean;
  request: (flow: Flow) => StepRequest;
  /** The step opens a page instead of sending a request. */
  opens?: "here" | "new tab";
}

export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
export const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

const PUSH: Step = {
  id: "par",
  title: "Push the request",
  description:
    "The application’s backend sends the parameters and gets a reference for the browser. The reference is valid for one minute (RFC 9126).",
  isReady: () => true,
  request: (flow) => post(flow, "par", authorizationParameters(flow)),
};

const AUTHORIZE: Step = {
  id: "authorize",
  title: "Authorize",
  description:
    "The browser goes to Foyer. The user signs in and gives consent. Foyer redirects back with an authorization code (RFC 6749 §4.1, RFC 7636).",
  isReady: (flow) => !flow.par || flow.requestUri !== undefined,
  request: (flow) => ({ method: "GET", url: authorizeUrl(flow), headers: {} }),
  opens: "here",
};

const EXCHANGE_CODE: Step = {
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
};

const DEVICE: Step[] = [
  {
    id: "device",
    title: "Start on the device",
    description: "A television or command line gets a code, which it shows to the user (RFC 8628 §3.1).",
    isReady: () => true,
    request: (flow) => post(flow, "device_authorization", { scope: flow.scope, ...resourceOf(flow) }),
  },
  {
    id: "verify",
    title: "Enter the code",
    description: "The user opens this page on another device, signs in and allows access (RFC 8628 §3.3).",
    isReady: (flow) => flow.verificationUri !== undefined,
    request: (flow) => ({ method: "GET", url: flow.verificationUri ?? "", headers: {} }),
    opens: "new tab",
  },
  {
    id: "token",
    title: "Poll for the tokens",
    description:
      "The device asks every 5 seconds. Until the user has answered, the response is authorization_pending (RFC 8628 §3.4).",
    isReady: (flow) => flow.deviceCode !== undefined,
    request: (flow) => post(flow, "token", { grant_type: DEVICE_CODE, device_code: flow.deviceCode ?? "" }),
  },
];

const WITH_TOKENS: Step[] = [
  {
    id: "me",
    title: "Read the user",
    description:
      "Returns the user’s data that the scopes allow. Foyer checks on every request that the grant is active. A token for another resource is rejected.",
    isReady: (flow) => flow.accessToken !== undefined,
    request: (flow) => withToken(flow, `${new URL(flow.issuer).origin}/api/me`),
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
    id: "exchange",
    title: "Exchange the token",
    description:
      "An API exchanges the access token that it received for one of its own, to call another API for the same user (RFC 8693).",
    isReady: (flow) => flow.accessToken !== undefined,
    request: (flow) =>
      post(flow, "token", {
        grant_type: TOKEN_EXCHANGE,
        subject_token: flow.accessToken ?? "",
        subject_token_type: ACCESS_TOKEN,
        ...resourceOf(flow),
      }),
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

export function stepsOf({ kind, par }: Pick<Flow, "kind" | "par">): Step[] {
  const start = kind === "device" ? DEVICE : [...(par ? [PUSH] : []), AUTHORIZE, EXCHANGE_CODE];
  return [...start, ...WITH_TOKENS];
}

/** The endpoints that read a DPoP proof: the request is signed when it is sent. */
export function takesProof(step: Step): boolean {
  return ["par", "token", "refresh", "exchange", "me"].includes(step.id);
}

/** The flow with the values of a response. */
export function applyResponse(flow: Flow, stepId: string, status: number, body: unknown): Flow {
  const response = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof response[name] === "string" ? (response[name] as string) : undefined);
  if (status === 201 && stepId === "par") return { ...flow, requestUri: text("request_uri") };
  if (status !== 200) return flow;
  if (stepId === "device")
    return { ...flow, deviceCode: text("device_code"), verificationUri: text("verification_uri_complete") };
  if (stepId === "token" || stepId === "refresh")
    return {
      ...flow,
      // Codes work once.
      code: undefined,
      deviceCode: undefined,
      requestUri: undefined,
      accessToken: text("access_token"),
      refreshToken: text("refresh_token") ?? flow.refreshToken,
    };
  if (stepId === "revoke") return { ...flow, refreshToken: undefined };
  return flow;
}
