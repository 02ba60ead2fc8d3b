/**
 * Audience and scopes of tokens (RFC 8707). A scope belongs to one resource or to the issuer, and a
 * token has only the scopes of its audience.
 */
import type { App } from "../../apps/apps";
import { oauthFail } from "../errors";
import type { Parameters } from "../parameters";
import { USER_SCOPES } from "../scopes/scopes";
import { canonicalIdentifier } from "./identifier";
import type { Resource } from "./resource";

/** Stands for the issuer beside the IDs of resources. */
const ISSUER = "issuer";

/** Together with custom claims, more would make a token too long for an Authorization header. */
const MAX_REQUESTED = 10;
const MAX_AUDIENCE_LENGTH = 1000;

/** What was granted, as codes and grants store it. */
export interface Target {
  /** IDs of resources, and `issuer`. Empty: the issuer alone. */
  resources: string[];
  scopes: string[];
}

/** What one access token says. */
export interface TokenTarget {
  audience: string | string[];
  scopes: string[];
  /** The shortest lifetime that its resources set; null if none sets one. */
  ttlSeconds: number | null;
}

function failTarget(description: string, facts?: Record<string, string | string[] | null>): never {
  oauthFail("invalid_target", description, { section: "RFC 8707 §2", facts });
}

function findTarget(app: App, resources: Resource[], sent: string): string {
  const canonical = canonicalIdentifier(sent);
  if (canonical === null)
    return failTarget("The parameter resource must be an absolute URI without a fragment", {
      sent: sent.slice(0, 500),
    });
  const found = resources.find((resource) => resource.canonical === canonical);
  if (found) return found.id;
  if (canonical === canonicalIdentifier(app.issuer)) return ISSUER;
  return failTarget("The parameter resource must name a resource of this app. Register it, or check its identifier", {
    sent: sent.slice(0, 500),
    registered: resources.map(({ identifier }) => identifier).slice(0, 20),
  });
}

/** The targets that a request names. null if it names none. @throws invalid_target */
export function requestedTargets(app: App, resources: Resource[], parameters: Parameters): string[] | null {
  const sent = parameters.all("resource");
  if (sent.length === 0) return null;
  if (sent.length > MAX_REQUESTED) failTarget(`The request names more than ${MAX_REQUESTED} resources. Send fewer`);
  const ids = [...new Set(sent.map((one) => findTarget(app, resources, one)))];
  const length = resources.reduce((sum, { id, identifier }) => sum + (ids.includes(id) ? identifier.length : 0), 0);
  if (ids.length > 1 && length > MAX_AUDIENCE_LENGTH)
    failTarget(`The requested resources have more than ${MAX_AUDIENCE_LENGTH} characters together. Send fewer`);
  return ids;
}

function isForIssuer(targets: string[]): boolean {
  return targets.length === 0 || targets.includes(ISSUER);
}

/** Whether a scope belongs to one of the targets. */
function hasScope(resources: Resource[], targets: string[], scope: string): boolean {
  const owner = resources.find((resource) => resource.scopes.includes(scope));
  return owner ? targets.includes(owner.id) : isForIssuer(targets);
}

function defaultTargets(resources: Resource[], scopes: string[]): string[] {
  const found = resources.find((resource) => resource.isDefault);
  if (!found) return [];
  // Userinfo needs the issuer in the audience.
  return scopes.includes("openid") ? [found.id, ISSUER] : [found.id];
}

/**
 * Whether the grant keeps a scope that its audience doesn't have: `openid` and the claims of the ID
 * token, whose audience is the client, and `offline_access`, which no resource knows.
 */
function concernsSignIn(scope: string, scopes: string[]): boolean {
  return scope === "offline_access" || (USER_SCOPES.has(scope) && scopes.includes("openid"));
}

/** Whether a token without scopes answers the request. */
function mayLackScopes(resources: Resource[], targets: string[], sent: string[] | null): boolean {
  const wanted = (sent ?? []).filter((scope) => scope !== "offline_access");
  if (wanted.length === 0) return true;
  // Clients that know nothing about a resource without scopes ask for standard scopes.
  const own = resources.filter(({ id }) => targets.includes(id));
  return wanted.every((scope) => USER_SCOPES.has(scope)) && own.every(({ scopes }) => scopes.length === 0);
}

function failScope(sent: string[] | null, targets: string[], known: string[] = []): never {
  const description = sent
    ? "The parameter scope names no scope of the requested resources. Check where it belongs"
    : "The client's scopes belong to resources. Name one with the parameter resource";
  oauthFail("invalid_scope", description, {
    section: "RFC 8707 §2.2",
    facts: { sent: (sent ?? known).slice(0, 20), resources: targets },
  });
}

interface RequestedScopes {
  /** The scopes in the request. null if it has none. */
  sent: string[] | null;
  /** Those of the scopes, or of the client's, that exist and that the client may request. */
  allowed: string[];
}

/**
 * Decides what an authorization, device or token request without earlier grant is for.
 * @throws invalid_target, and invalid_scope if the audience has none of the requested scopes
 */
export function decideTarget(
  app: App,
  resources: Resource[],
  parameters: Parameters,
  { sent, allowed }: RequestedScopes,
): Target {
  const named = requestedTargets(app, resources, parameters);
  if (resources.length === 0) return { resources: [], scopes: allowed };
  const chosen = named ?? defaultTargets(resources, allowed);
  const targets = chosen.length === 1 && chosen[0] === ISSUER ? [] : chosen;
  const fitting = allowed.filter((scope) => hasScope(resources, targets, scope));
  const isEmpty = fitting.length === 0 && allowed.length > 0;
  if (isEmpty && (targets.length === 0 || !mayLackScopes(resources, targets, sent))) failScope(sent, targets, allowed);
  const scopes = allowed.filter((scope) => fitting.includes(scope) || concernsSignIn(scope, allowed));
  return { resources: targets, scopes };
}

/** @throws invalid_scope if the targets have none of these scopes */
export function requireScopesOf(resources: Resource[], targets: string[], scopes: string[]): void {
  if (!scopes.some((scope) => hasScope(resources, targets, scope))) failScope(scopes, targets);
}

/** SQL of a condition: the granted resources contain the requested ones (`asked."resources"`, with spaces). */
export function grantsTargets(granted: string): string {
  return `asked."resources" IS NULL OR string_to_array(asked."resources", ' ') <@
    CASE WHEN cardinality(${granted}) = 0 THEN ARRAY['${ISSUER}'] ELSE ${granted} END`;
}

export function failWiderTarget(): never {
  return failTarget("The parameter resource must name resources that were granted, or be omitted");
}

/**
 * Decides what an access token of a grant is for. `requested` narrows it.
 * @throws invalid_target if the grant lacks a requested resource, or all of its resources were deleted
 */
export function tokenTarget(app: App, resources: Resource[], granted: Target, requested: string[] | null): TokenTarget {
  const { resources: all, scopes } = granted;
  if (resources.length === 0 && all.length === 0) return { audience: app.issuer, scopes, ttlSeconds: null };
  const targets = requested ?? (all.length === 0 ? [ISSUER] : all);
  if (targets.some((one) => (one === ISSUER ? !isForIssuer(all) : !all.includes(one)))) failWiderTarget();
  const found = targets.flatMap((id) => resources.find((resource) => resource.id === id) ?? []);
  const audience = targets.flatMap((id) =>
    id === ISSUER ? app.issuer : (found.find((resource) => resource.id === id)?.identifier ?? []),
  );
  const [only = failTarget("Every resource of this grant was deleted. Start a new authorization")] = audience;
  const lifetimes = found.flatMap(({ accessTokenTtlSeconds }) => accessTokenTtlSeconds ?? []);
  return {
    audience: audience.length === 1 ? only : audience,
    scopes: scopes.filter((scope) => hasScope(resources, targets, scope)),
    ttlSeconds: lifetimes.length > 0 ? Math.min(...lifetimes) : null,
  };
}
