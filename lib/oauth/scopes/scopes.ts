/** Scopes (RFC 6749 §3.3): the standard ones, and what the App defines, each with a sentence for the consent page. */
import { z } from "zod";
import { type Actor, recordEvent } from "../../audit/events";
import { now } from "../../clock";
import { cached, invalidate } from "../../database/cache";
import { db, isUniqueViolation, type Tx, transaction } from "../../database/client";
import { fail, failNotFound } from "../../errors";
import { text } from "../../input";
import { log } from "../../log";
import { removeScopeFromConsents } from "./removal";

export interface Scope {
  name: string;
  /** Completes "This allows …": what the user reads. */
  description: string;
  sensitive: boolean;
  /** The user may uncheck it. */
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

const shape = {
  description: text(200).describe("What users read on the consent page, like: See your photos"),
  sensitive: z.boolean().describe("Marked on the consent page."),
  optional: z.boolean().describe("The user may uncheck it."),
};

export const CreateScopeBody = z.object({
  name: text(100)
    .regex(SCOPE_NAME, "must be a scope name, like photos:read")
    .describe("What clients ask for, like photos:read"),
  description: shape.description,
  sensitive: shape.sensitive.default(false),
  optional: shape.optional.default(false),
});

/** The name stays: it is in the configuration of clients and in tokens. */
export const UpdateScopeBody = z.object(shape).partial();

export type UpdateScopeInput = z.output<typeof UpdateScopeBody>;

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

async function requireFreeName(appId: string, name: string): Promise<void> {
  if (USER_SCOPES.has(name)) fail(409, "scope_taken", `${name} is a standard scope, which every App has.`);
  if (await db().scope.findUnique({ where: { appId_name: { appId, name } }, select: { name: true } })) failTaken();
}

function failTaken(cause?: unknown): never {
  fail(409, "scope_taken", "This App has a scope of that name already.", { cause });
}

export async function createScope(appId: string, scope: Scope, by: Actor): Promise<Scope> {
  await requireFreeName(appId, scope.name);
  // What was allowed under a name that was deleted must not come back to life: also not what somebody was just allowing then.
  await removeScopeFromConsents(appId, scope.name);
  try {
    await transaction(async (tx) => {
      await tx.scope.create({ data: { appId, ...scope, createdAt: now() }, select: { name: true } });
      await recordEvent(tx, appId, { type: "scope.created", actor: by, target: { type: "scope", id: scope.name } });
    });
  } catch (error) {
    if (isUniqueViolation(error)) failTaken(error);
    throw error;
  }
  invalidate(appId);
  return scope;
}

export async function getScope(appId: string, name: string): Promise<Scope> {
  return (await listScopes(appId)).get(name) ?? failNotFound("The scope");
}

function requireOwnScope(name: string): void {
  if (USER_SCOPES.has(name))
    fail(403, "standard_scope", `${name} is a standard scope, the same in every App. It cannot be changed.`);
}

export async function updateScope(appId: string, name: string, input: UpdateScopeInput, by: Actor): Promise<Scope> {
  requireOwnScope(name);
  const updated = await transaction(async (tx) => {
    const [scope] = await tx.scope.updateManyAndReturn({
      where: { appId, name },
      data: input,
      select: { name: true, description: true, sensitive: true, optional: true },
    });
    if (!scope) failNotFound("The scope");
    const target = { type: "scope", id: name };
    await recordEvent(tx, appId, {
      type: "scope.updated",
      actor: by,
      target,
      explanation: { changed: Object.keys(input) },
    });
    return scope;
  });
  invalidate(appId);
  return updated;
}

/** Nobody can ask for it any more, and no code on its way brings it. Neither are ever many. */
async function withdrawScope(tx: Tx, appId: string, name: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "OAuthClient" SET "scopes" = array_remove("scopes", ${name}) WHERE "appId" = ${appId} AND ${name} = ANY("scopes")`;
  await tx.$executeRaw`
    UPDATE "AuthorizationCode" SET "scopes" = array_remove("scopes", ${name})
    WHERE "appId" = ${appId} AND "consumedAt" IS NULL AND ${name} = ANY("scopes")`;
}

/**
 * With it go the clients' leave to ask for it, which is what makes it worth nothing, and whatever users allowed of it; access tokens out there
 * expire.
 */
export async function deleteScope(appId: string, name: string, by: Actor): Promise<void> {
  requireOwnScope(name);
  await transaction(async (tx) => {
    const { count } = await tx.scope.deleteMany({ where: { appId, name } });
    if (count === 0) failNotFound("The scope");
    await withdrawScope(tx, appId, name);
    await recordEvent(tx, appId, { type: "scope.deleted", actor: by, target: { type: "scope", id: name } });
  });
  invalidate(appId);
  await waitForForgetting(appId, name);
}

/** As long as one waits for an answer; of a million it takes a minute. */
const PATIENCE_MS = 5000;

/** It is deleted whatever becomes of this: what is left over is worth nothing, and goes before another one gets the name. */
async function waitForForgetting(appId: string, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  const forgotten = removeScopeFromConsents(appId, name).catch((error) =>
    log().warn({ err: error }, "consents still name a deleted scope"),
  );
  await Promise.race([forgotten, enough]);
  clearTimeout(timer);
}

/** The names in a scope parameter, each once, in their order; null when it is malformed. */
export function parseScope(value: string): string[] | null {
  const names = value.split(" ").filter(Boolean);
  return names.every((name) => SCOPE_NAME.test(name)) ? [...new Set(names)] : null;
}
