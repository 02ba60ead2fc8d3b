/** The OpenAPI security schemes, and the credentials and errors of each guard. */
import {
  anyone,
  apiKey,
  appInPath,
  connectionInPath,
  optionalApiKey,
  signedInOrPending,
  signedInUser,
  signedInUserOfApp,
  tokenHolder,
} from "../guards";
import { metricsReader } from "../metrics-reader";
import {
  apiKeyInPath,
  claimInPath,
  clientInPath,
  connectedAppInPath,
  eventInPath,
  existingUserInPath,
  factorInPath,
  invitationInPath,
  managedConnectionInPath,
  resourceInPath,
  scopeInPath,
  secretInPath,
  sessionInPath,
  signingKeyInPath,
  userInPath,
} from "../path-guards";
import type { ErrorName } from "./errors";

export const SECURITY_SCHEMES = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "foyer_sk_…",
    description: "The app's API key, for server-side calls only: `Authorization: Bearer foyer_sk_…`.",
  },
  userToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "A user's token, from a direct sign-in or from an OAuth client: `Authorization: Bearer eyJ…`. A token that is bound to a key needs the scheme `DPoP` and a proof in the header `DPoP` (RFC 9449).",
  },
  clientSecret: {
    type: "http",
    scheme: "basic",
    description:
      "An OAuth client's `client_id` and `client_secret` (RFC 6749 §2.3.1). Both can be sent in the form instead. A public client sends only `client_id`, in the form.",
  },
  registrationToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "foyer_iat_… or foyer_rat_…",
    description:
      "To register a client: a registration token that the app's owner created. For a registered client: the `registration_access_token` of its registration.",
  },
  metricsToken: {
    type: "http",
    scheme: "bearer",
    description: "The operator's `METRICS_TOKEN`. Programs on the same machine don't need it.",
  },
} as const;

export type SecurityName = keyof typeof SECURITY_SCHEMES;

interface GuardFacts {
  /** Alternatives. `null` allows a request without credentials. */
  security: (SecurityName | null)[];
  errors: ErrorName[];
}

const BY_KEY: GuardFacts = {
  security: ["apiKey"],
  // invalid_request: for an invalid Foyer-Client-IP header.
  errors: ["invalid_request", "invalid_api_key", "not_found", "rate_limited", "temporarily_unavailable"],
};

const BY_TOKEN: GuardFacts = {
  security: ["userToken"],
  errors: ["unauthorized", "invalid_token", "temporarily_unavailable"],
};

const GUARDS = new Map<unknown, GuardFacts>([
  [anyone, { security: [], errors: [] }],
  [appInPath, { security: [], errors: ["not_found", "temporarily_unavailable"] }],
  [connectionInPath, { security: [], errors: ["not_found", "temporarily_unavailable"] }],
  [metricsReader, { security: [null, "metricsToken"], errors: ["unauthorized", "this_machine_only"] }],
  [optionalApiKey, { security: [], errors: ["not_found", "rate_limited", "temporarily_unavailable"] }],
  [tokenHolder, BY_TOKEN],
  [signedInUser, BY_TOKEN],
  [
    signedInOrPending,
    {
      security: ["userToken", null],
      errors: ["unauthorized", "invalid_token", "not_found", "temporarily_unavailable"],
    },
  ],
  [signedInUserOfApp, { ...BY_TOKEN, errors: [...BY_TOKEN.errors, "not_found"] }],
  ...[
    apiKey,
    userInPath,
    existingUserInPath,
    sessionInPath,
    factorInPath,
    connectedAppInPath,
    clientInPath,
    secretInPath,
    apiKeyInPath,
    signingKeyInPath,
    eventInPath,
    managedConnectionInPath,
    claimInPath,
    resourceInPath,
    scopeInPath,
    invitationInPath,
  ].map((guard): [unknown, GuardFacts] => [guard, BY_KEY]),
]);

/** @throws for a guard that is missing in GUARDS */
export function guardFacts(guard: unknown): GuardFacts {
  const facts = GUARDS.get(guard);
  if (!facts) throw new Error("Add this guard to GUARDS in lib/http/openapi/security.ts.");
  return facts;
}
