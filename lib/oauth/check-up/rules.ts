/**
 * Rules of the security check-up (RFC 9700, OAuth 2.0 Security Best Current Practice), as pure
 * functions from facts to findings.
 */
import { originsOf } from "../clients/origins";
import { isLoopbackHttp } from "../clients/redirect-uris";
import type { CheckedClient, CheckUpFacts, SecretFacts } from "./facts";

/** What the button of a finding does. `create_secret` shows the new secret once. */
export type CheckUpFix =
  | { action: "require_pkce" }
  | { action: "rotate_refresh" }
  | { action: "delete_client" }
  | { action: "create_secret" }
  | { action: "deliver_code" }
  | { action: "remove_redirect_uris"; uris: string[] }
  | { action: "revoke_secret"; secretId: string; prefix: string };

export interface Finding {
  rule: RuleId;
  /** null for a finding about the app itself. */
  client: Pick<CheckedClient, "id" | "client_name"> | null;
  detail: string;
  /** The values that the finding is about, such as redirect URIs. */
  values?: string[];
  /** null if the change needs a decision on the settings page. */
  fix: CheckUpFix | null;
}

type Found = Pick<Finding, "detail" | "values" | "fix">;

const DAY_MS = 86_400_000;
const SECRET_AGE_MS = 365 * DAY_MS;
const NEVER_USED_AFTER_MS = 7 * DAY_MS;
const UNUSED_AFTER_MS = 90 * DAY_MS;
const MOST_ORIGINS = 10;

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Removes these URIs, if the client keeps at least one. */
function removal(client: CheckedClient, uris: string[]): CheckUpFix | null {
  return client.redirect_uris.length > uris.length ? { action: "remove_redirect_uris", uris } : null;
}

function uris(client: CheckedClient, matches: (uri: string) => boolean, detail: string): Found | null {
  const values = client.redirect_uris.filter(matches);
  return values.length > 0 ? { detail, values, fix: removal(client, values) } : null;
}

function pkceOptional({ public: isPublic, pkce, usesPkce, grant_types }: CheckedClient): Found | null {
  const applies = !isPublic && pkce === "optional" && grant_types.includes("authorization_code");
  if (!applies || usesPkce !== "always") return null;
  return {
    detail: "Every known request had a code challenge, so nothing changes for it.",
    fix: { action: "require_pkce" },
  };
}

const isHttp = (uri: string) => /^http:/i.test(uri) && !isLoopbackHttp(uri);

/** `*`, also encoded, and placeholders like `{tenant}` or `:id`. They never match as patterns. */
const isPattern = (uri: string) => /\*|%2a|[{}<>]|%7b|%3c|\/:[a-z_]/i.test(uri.replace(/^[a-z][a-z0-9+.-]*:\/*/i, "/"));

function loopbackOfServer(client: CheckedClient): Found | null {
  if (client.public || client.application_type === "native") return null;
  return uris(
    client,
    isLoopbackHttp,
    "Programs on a user’s computer can receive its codes over http. Use a separate application for development.",
  );
}

function unusedClient(client: CheckedClient, now: Date): Found | null {
  const { createdAt, lastUsedAt, redirect_uris, grant_types } = client;
  // The default client of an app that doesn't use OAuth can't sign in anyone.
  if (!lastUsedAt && redirect_uris.length === 0 && grant_types.includes("authorization_code")) return null;
  const idle = now.getTime() - (lastUsedAt ?? createdAt).getTime();
  if (idle < (lastUsedAt ? UNUSED_AFTER_MS : NEVER_USED_AFTER_MS)) return null;
  const detail = lastUsedAt
    ? `It hasn’t been used for ${Math.floor(idle / DAY_MS)} days.`
    : `It was created ${Math.floor(idle / DAY_MS)} days ago and has never been used.`;
  return { detail, fix: { action: "delete_client" } };
}

function oldSecret({ secrets }: CheckedClient, now: Date): Found | null {
  const isOld = ({ createdAt }: SecretFacts) => now.getTime() - createdAt.getTime() > SECRET_AGE_MS;
  const [oldest] = secrets;
  if (!oldest || !isOld(oldest)) return null;
  const days = Math.floor((now.getTime() - oldest.createdAt.getTime()) / DAY_MS);
  const detail = `The secret ${oldest.prefix}… is ${days} days old.`;
  const hasNewer = secrets.some((secret) => !isOld(secret));
  // A third secret would revoke the oldest one, which may be in use.
  if (!hasNewer && secrets.length > 1)
    return { detail: `${detail} Revoke one of both, then create a new one.`, fix: null };
  if (!hasNewer) return { detail: `${detail} Create a new one and deploy it.`, fix: { action: "create_secret" } };
  const fix = { action: "revoke_secret", secretId: oldest.id, prefix: oldest.prefix } as const;
  return { detail: `${detail} Revoke it when the new one is deployed.`, fix };
}

function noRotation({ public: isPublic, refresh, grant_types }: CheckedClient): Found | null {
  if (!isPublic || refresh !== "reuse" || !grant_types.includes("refresh_token")) return null;
  return { detail: "A stolen refresh token works until the grant expires.", fix: { action: "rotate_refresh" } };
}

/** CORS allows the origins of the redirect URIs. */
function broadCors(client: CheckedClient): Found | null {
  const origins = originsOf(client.redirect_uris);
  const local = client.redirect_uris.filter(isLoopbackHttp);
  const isMixed = local.length > 0 && [...origins].some((origin) => origin.startsWith("https:"));
  if (client.public && client.application_type === "web" && isMixed) {
    const detail = "Pages on the user’s own computer may call the endpoints beside your production site.";
    return { detail, values: local, fix: removal(client, local) };
  }
  if (origins.size <= MOST_ORIGINS) return null;
  return {
    detail: `Pages of ${plural(origins.size, "origin")} may call the endpoints.`,
    values: [...origins],
    fix: null,
  };
}

interface Rule {
  title: string;
  /** Why it matters, and what to do. */
  reason: string;
  /** The section of the standard. */
  standard: string;
  check: (client: CheckedClient, now: Date) => Found | null;
}

/** The order of the page: what an attacker can use first comes first. */
export const CLIENT_RULES = {
  http_redirect: {
    title: "Redirect URIs use https",
    reason: "Anyone on the network can read an authorization code that is sent over http.",
    standard: "RFC 9700 §4.1.1",
    check: (client: CheckedClient) =>
      uris(client, isHttp, "Foyer sends authorization codes to these URIs without encryption."),
  },
  pattern_redirect: {
    title: "Redirect URIs contain no patterns",
    reason:
      "Redirect URIs are compared exactly. One that looks like a pattern matches nothing, or a page that you don’t expect.",
    standard: "RFC 9700 §4.1.3",
    check: (client: CheckedClient) => uris(client, isPattern, "These URIs look like patterns."),
  },
  no_rotation: {
    title: "Refresh tokens of public applications rotate",
    reason: "Without a client secret, only rotation reveals that a refresh token was stolen.",
    standard: "RFC 9700 §4.14.2",
    check: noRotation,
  },
  pkce_optional: {
    title: "PKCE is required where it is used",
    reason:
      "An application that always sends a code challenge loses nothing if Foyer requires it. A downgrade is then impossible.",
    standard: "RFC 9700 §2.1.1",
    check: pkceOptional,
  },
  loopback_server: {
    title: "No loopback redirect URIs for servers",
    reason:
      "A loopback URI on a production server’s application lets programs on the user’s computer receive its codes.",
    standard: "RFC 9700 §4.1.1",
    check: loopbackOfServer,
  },
  broad_cors: {
    title: "Only necessary origins may call the endpoints",
    reason: "Browsers may call the token and userinfo endpoints from the origins of the redirect URIs.",
    standard: "RFC 9700 §2.6",
    check: broadCors,
  },
  old_secret: {
    title: "Client secrets are younger than a year",
    reason:
      "The longer a secret is used, the more copies of it exist. Two can be active, so rotating needs no downtime.",
    standard: "RFC 9700 §2.5",
    check: oldSecret,
  },
  unused_client: {
    title: "Every application is in use",
    reason: "The credentials and redirect URIs of an unused application still work. Delete it if you don’t need it.",
    standard: "RFC 9700 §4.1",
    check: unusedClient,
  },
} satisfies Record<string, Rule>;

/** Rules about the app itself. */
export const APP_RULES = {
  token_in_url: {
    title: "Tokens aren’t sent in URLs",
    reason: "URLs are kept in browser histories and server logs. A code works once, and only with your API key.",
    standard: "RFC 9700 §4.3.2",
    check: ({ settings: { delivery, return_urls } }: CheckUpFacts): Found | null =>
      delivery === "query" && return_urls.length > 0
        ? { detail: "Return URLs get the access token as a query parameter.", fix: { action: "deliver_code" } }
        : null,
  },
};

export type RuleId = keyof typeof CLIENT_RULES | keyof typeof APP_RULES;

export const RULES: Record<RuleId, Omit<Rule, "check">> = { ...CLIENT_RULES, ...APP_RULES };

export function findingsOf(facts: CheckUpFacts): Finding[] {
  const ofApp = Object.entries(APP_RULES).map(([rule, { check }]) => ({ rule, client: null, found: check(facts) }));
  const ofClients = Object.entries<Rule>(CLIENT_RULES).flatMap(([rule, { check }]) =>
    facts.clients.map((client) => ({ rule, client, found: check(client, facts.now) })),
  );
  return [...ofApp, ...ofClients].flatMap(({ rule, client, found }) =>
    found
      ? [{ ...found, rule: rule as RuleId, client: client && { id: client.id, client_name: client.client_name } }]
      : [],
  );
}
