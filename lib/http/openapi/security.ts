/** Who may call, as OpenAPI says it, and what each guard brings along: credential and refusals. */

import {
  anyone,
  apiKey,
  appInPath,
  connectionInPath,
  optionalApiKey,
  signedInUser,
  signedInUserOfApp,
  tokenHolder,
} from "../guards";
import { metricsReader } from "../metrics-reader";
import {
  apiKeyInPath,
  clientInPath,
  connectedAppInPath,
  eventInPath,
  existingUserInPath,
  invitationInPath,
  managedConnectionInPath,
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
    description: "An API key of the App, from its server alone: `Authorization: Bearer foyer_sk_…`.",
  },
  userToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "A user's own token, of a direct sign-in or of an OAuth client: `Authorization: Bearer eyJ…`.",
  },
  clientSecret: {
    type: "http",
    scheme: "basic",
    description:
      "An OAuth client's `client_id` and `client_secret` (RFC 6749 §2.3.1), or the two in the form. A public client sends `client_id` in the form.",
  },
  metricsToken: {
    type: "http",
    scheme: "bearer",
    description: "The operator's `METRICS_TOKEN`. A program on the same machine needs none.",
  },
} as const;

export type SecurityName = keyof typeof SECURITY_SCHEMES;

interface GuardFacts {
  /** One of them will do; `null`: none is also allowed. */
  security: (SecurityName | null)[];
  errors: ErrorName[];
}

const BY_KEY: GuardFacts = {
  security: ["apiKey"],
  // invalid_request: of the header that names the person's address.
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
  [signedInUserOfApp, { ...BY_TOKEN, errors: [...BY_TOKEN.errors, "not_found"] }],
  ...[
    apiKey,
    userInPath,
    existingUserInPath,
    sessionInPath,
    connectedAppInPath,
    clientInPath,
    secretInPath,
    apiKeyInPath,
    signingKeyInPath,
    eventInPath,
    managedConnectionInPath,
    scopeInPath,
    invitationInPath,
  ].map((guard): [unknown, GuardFacts] => [guard, BY_KEY]),
]);

/** @throws for a guard that nobody has described here yet */
export function guardFacts(guard: unknown): GuardFacts {
  const facts = GUARDS.get(guard);
  if (!facts) throw new Error("Describe this guard in lib/http/openapi/security.ts, so that the reference can say it.");
  return facts;
}
