/** Scopes (RFC 6749 §3.3): the standard ones, and what the App defines, each with a sentence for the consent page. */
import { type Actor, recordEvent } from "../audit/events";
import { cached, invalidate } from "../cache";
import { now } from "../clock";
import { db, isUniqueViolation, transaction } from "../db";
import { fail } from "../errors";

export interface Scope {
  name: string;
  /** Completes "This allows …": what the user reads. */
  description: string;
  sensitive: boolean;
  /** The user may untick it. */
  optional: boolean;
}

export const STANDARD_SCOPES: Scope[] = [
  { name: "openid", description: "Know who you are", sensitive: false, optional: false },
  { name: "profile", description: "See your name and profile", sensitive: false, optional: false },
  { name: "email", description: "See your e-mail address", sensitive: false, optional: false },
  { name: "offline_access", description: "Stay connected when you are away", sensitive: false, optional: false },
];

/** About a user; a client that acts for itself cannot have them. */
export const USER_SCOPES = new Set(STANDARD_SCOPES.map((scope) => scope.name));

/** RFC 6749 §3.3: NQCHAR. */
export const SCOPE_NAME = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/;

/** Every scope of the App, by name. */
export function listScopes(appId: string): Promise<Map<string, Scope>> {
  return cached(appId, "scopes", async () => {
    const own = await db().scope.findMany({
      where: { appId },
      orderBy: { createdAt: "asc" },
      select: { name: true, description: true, sensitive: true, optional: true },
    });
    return new Map([...STANDARD_SCOPES, ...own].map((scope) => [scope.name, scope]));
  });
}

export async function createScope(appId: string, scope: Scope, by: Actor): Promise<Scope> {
  if (USER_SCOPES.has(scope.name)) fail(409, "scope_taken", `${scope.name} is a standard scope, which every App has.`);
  try {
    await transaction(async (tx) => {
      await tx.scope.create({ data: { appId, ...scope, createdAt: now() }, select: { name: true } });
      await recordEvent(tx, appId, { type: "scope.created", actor: by, target: { type: "scope", id: scope.name } });
    });
  } catch (error) {
    if (isUniqueViolation(error))
      fail(409, "scope_taken", "This App has a scope of that name already.", { cause: error });
    throw error;
  }
  invalidate(appId);
  return scope;
}

/** The names in a scope parameter, each once, in their order; null when it is malformed. */
export function parseScope(value: string): string[] | null {
  const names = value.split(" ").filter(Boolean);
  return names.every((name) => SCOPE_NAME.test(name)) ? [...new Set(names)] : null;
}
