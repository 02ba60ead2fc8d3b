/** Custom claims of an app: create, get, update and delete. */

import type { App } from "../../apps/apps";
import { type Actor, recordEvent } from "../../audit/events";
import { changedNames } from "../../changes";
import { type CustomClaim, claimFromRow, listClaims, serializeClaim } from "../../claims/claim";
import { overfullTarget } from "../../claims/fit";
import { MAX_CLAIMS_BYTES } from "../../claims/values";
import { now } from "../../clock";
import { invalidate } from "../../database/cache";
import { type Prisma, type Tx, transaction } from "../../database/client";
import { fail, failInput, failNotFound } from "../../errors";
import { newId, TENANT_ZERO } from "../../ids";
import { listScopes } from "../scopes/scopes";
import { type ClaimChanges, type NewClaim, sourceOf } from "./inputs";
import { findOverfullUser } from "./users";

export const MAX_CLAIMS = 50;

export const CLAIM_ID = /^clm_[0-9a-z]{26}$/;

export async function getClaim(appId: string, id: string): Promise<CustomClaim> {
  return (await listClaims(appId)).find((claim) => claim.id === id) ?? failNotFound("The claim");
}

/** The app's claims, under a lock: together they must fit. */
async function lockClaims(tx: Tx, appId: string): Promise<CustomClaim[]> {
  await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
  return (await tx.customClaim.findMany({ where: { appId }, orderBy: { id: "asc" } })).map(claimFromRow);
}

async function requireValid(tx: Tx, app: App, claim: CustomClaim, others: CustomClaim[]): Promise<void> {
  if (others.some(({ name }) => name === claim.name))
    fail(409, "claim_taken", `This app already has a claim named ${claim.name}. Update it, or choose another name.`, {
      fields: { name: "is taken" },
    });
  const all = [...others, claim];
  const target = overfullTarget(all, null);
  if (target) failInput({ source: `is too large: ${target} has room for ${MAX_CLAIMS_BYTES} bytes of custom claims` });
  const user = await findOverfullUser(tx, app.id, all);
  if (user) failInput({ source: `is too large for the user ${user}: a token has room for ${MAX_CLAIMS_BYTES} bytes` });
}

async function requireScope(appId: string, scope: string | null | undefined): Promise<void> {
  if (scope && !(await listScopes(appId)).has(scope))
    failInput({ scope: `${scope} is not a scope of this app. Create it first.` });
}

function columnsOf({ name, source, scope, targets }: CustomClaim) {
  return { name, source: source as Prisma.InputJsonObject, scope, targets };
}

function eventOf(type: string, by: Actor, id: string, explanation: Record<string, string | string[]>) {
  return { type, actor: by, target: { type: "claim", id }, explanation };
}

export async function createClaim(app: App, input: NewClaim, by: Actor) {
  if (app.id === TENANT_ZERO)
    fail(403, "reserved_app", "The developer app cannot have custom claims. Create the claim in another app.");
  await requireScope(app.id, input.scope);
  const { name, targets, scope = null } = input;
  const times = { createdAt: now(), updatedAt: now() };
  const claim = { id: newId("clm"), name, source: sourceOf(input.source), scope, targets, ...times };
  await transaction(async (tx) => {
    const others = await lockClaims(tx, app.id);
    await requireValid(tx, app, claim, others);
    if (others.length >= MAX_CLAIMS)
      fail(409, "too_many_claims", `An app can have at most ${MAX_CLAIMS} claims. Delete one first.`);
    await tx.customClaim.create({ data: { appId: app.id, id: claim.id, ...columnsOf(claim), ...times } });
    await recordEvent(tx, app.id, eventOf("claim.created", by, claim.id, { name }));
  });
  invalidate(app.id);
  return serializeClaim(claim);
}

export async function updateClaim(app: App, id: string, changes: ClaimChanges, by: Actor) {
  await requireScope(app.id, changes.scope);
  const updated = await transaction(async (tx) => {
    const all = await lockClaims(tx, app.id);
    const before = all.find((one) => one.id === id) ?? failNotFound("The claim");
    const { source, ...rest } = changes;
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const claim: CustomClaim = { ...before, ...said, ...(source && { source: sourceOf(source) }), updatedAt: now() };
    const others = all.filter((one) => one.id !== id);
    await requireValid(tx, app, claim, others);
    const changed = changedNames({ ...said, ...(source && { source: claim.source }) }, before);
    if (changed.length === 0) return before;
    const where = { appId_id: { appId: app.id, id } };
    await tx.customClaim.update({ where, data: { ...columnsOf(claim), updatedAt: claim.updatedAt } });
    await recordEvent(tx, app.id, eventOf("claim.updated", by, id, { name: claim.name, changed }));
    return claim;
  });
  invalidate(app.id);
  return serializeClaim(updated);
}

export async function deleteClaim(appId: string, id: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const [deleted] = await tx.customClaim.findMany({ where: { appId, id }, select: { name: true } });
    const { count } = await tx.customClaim.deleteMany({ where: { appId, id } });
    if (!deleted || count === 0) failNotFound("The claim");
    await recordEvent(tx, appId, eventOf("claim.deleted", by, id, { name: deleted.name }));
  });
  invalidate(appId);
}
