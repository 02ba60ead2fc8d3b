/** Scopes of an app (RFC 6749 §3.3): the standard scopes and those that the app defines. */

import { z } from "zod";
import { type Actor, recordEvent } from "../../audit/events";
import { changedNames } from "../../changes";
import { now } from "../../clock";
import { cached, invalidate } from "../../database/cache";
import { db, isUniqueViolation, type Tx, transaction } from "../../database/client";
import { fail, failNotFound } from "../../errors";
import { text } from "../../input";
import { log } from "../../log";
import { type Scope, STANDARD_SCOPES } from "./descriptions";
import { removeScopeFromConsents } from "./removal";

/** Scopes about a user. The client credentials grant rejects them. */
export const USER_SCOPES = new Set(STANDARD_SCOPES.map((scope) => scope.name));

/** RFC 6749 §3.3: one or more characters of NQCHAR. */
export const SCOPE_NAME = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/;

const shape = {
  description: text(200).describe("The description on the consent page, like: See your photos"),
  sensitive: z.boolean().describe("Whether the consent page marks the scope as sensitive."),
  optional: z.boolean().describe("Whether the user may decline the scope."),
};

export const CreateScopeBody = z.object({
  name: text(100)
    .regex(SCOPE_NAME, "must be a scope name, like photos:read")
    .describe("The name that clients request, like photos:read"),
  description: shape.description,
  sensitive: shape.sensitive.default(false),
  optional: shape.optional.default(false),
});

/** The name cannot be changed, because client settings and tokens contain it. */
export const UpdateScopeBody = z.object(shape).partial();

export type UpdateScopeInput = z.output<typeof UpdateScopeBody>;

/** Name → scope, for all scopes of the app. */
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
  if (USER_SCOPES.has(name))
    fail(409, "scope_taken", `${name} is a standard scope, which every app has. Choose another name.`);
  if (await db().scope.findUnique({ where: { appId_name: { appId, name } }, select: { name: true } })) failTaken();
}

function failTaken(cause?: unknown): never {
  fail(409, "scope_taken", "This app already has a scope with this name. Choose another name.", { cause });
}

export async function createScope(appId: string, scope: Scope, by: Actor): Promise<Scope> {
  await requireFreeName(appId, scope.name);
  // Consents to a deleted scope of the same name must not apply to the new scope.
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
    fail(403, "standard_scope", `${name} is a standard scope. It cannot be changed or deleted.`);
}

export async function updateScope(appId: string, name: string, input: UpdateScopeInput, by: Actor): Promise<Scope> {
  requireOwnScope(name);
  const updated = await transaction(async (tx) => {
    const select = { name: true, description: true, sensitive: true, optional: true } as const;
    await tx.$queryRaw`SELECT 1 FROM "Scope" WHERE "appId" = ${appId} AND "name" = ${name} FOR NO KEY UPDATE`;
    const before = await tx.scope.findUnique({ where: { appId_name: { appId, name } }, select });
    if (!before) failNotFound("The scope");
    const changed = changedNames(input, before);
    if (changed.length === 0) return before;
    const [scope] = await tx.scope.updateManyAndReturn({
      where: { appId, name },
      data: input,
      select,
    });
    if (!scope) failNotFound("The scope");
    const target = { type: "scope", id: name };
    await recordEvent(tx, appId, {
      type: "scope.updated",
      actor: by,
      target,
      explanation: { changed },
    });
    return scope;
  });
  invalidate(appId);
  return updated;
}

/** Removes the scope from clients, resources and unused codes. All are few, so no batches are needed. */
async function withdrawScope(tx: Tx, appId: string, name: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "OAuthClient" SET "scopes" = array_remove("scopes", ${name}) WHERE "appId" = ${appId} AND ${name} = ANY("scopes")`;
  await tx.$executeRaw`
    UPDATE "Resource" SET "scopes" = array_remove("scopes", ${name}) WHERE "appId" = ${appId} AND ${name} = ANY("scopes")`;
  await tx.$executeRaw`
    UPDATE "AuthorizationCode" SET "scopes" = array_remove("scopes", ${name})
    WHERE "appId" = ${appId} AND "consumedAt" IS NULL AND ${name} = ANY("scopes")`;
  await tx.$executeRaw`
    UPDATE "DeviceCode" SET "scopes" = array_remove("scopes", ${name})
    WHERE "appId" = ${appId} AND "consumedAt" IS NULL AND ${name} = ANY("scopes")`;
}

/**
 * Deletes a scope and removes it from clients, codes, consents and grants. Access tokens keep the
 * scope until they expire.
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
  await waitForRemoval(appId, name);
}

/** Bounds the response time. The removal continues in the background. */
const PATIENCE_MS = 5000;

/** A failure is only logged: no client can request the scope, and `createScope` cleans up again. */
async function waitForRemoval(appId: string, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  const forgotten = removeScopeFromConsents(appId, name).catch((error) =>
    log().warn({ err: error }, "consents or grants may still contain a deleted scope"),
  );
  await Promise.race([forgotten, enough]);
  clearTimeout(timer);
}

/** The unique names in a scope parameter, in order. null if a name is malformed. */
export function parseScope(value: string): string[] | null {
  const names = value.split(" ").filter(Boolean);
  return names.every((name) => SCOPE_NAME.test(name)) ? [...new Set(names)] : null;
}
