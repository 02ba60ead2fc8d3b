/** Resources of an app (RFC 8707): create, get, update and delete. */

import { type App, getApp } from "../../apps/apps";
import { type Actor, recordEvent } from "../../audit/events";
import { changedNames } from "../../changes";
import { now } from "../../clock";
import { invalidate } from "../../database/cache";
import { type Tx, transaction } from "../../database/client";
import { fail, failInput, failNotFound } from "../../errors";
import { newId, TENANT_ZERO } from "../../ids";
import { listScopes } from "../scopes/scopes";
import { canonicalIdentifier } from "./identifier";
import { type NewResource, type ResourceChanges, resourceProblems } from "./inputs";
import { listResources, type Resource, resourceFromRow, serializeResource } from "./resource";

/** Every process keeps them in memory. */
export const MAX_RESOURCES = 100;

export const RESOURCE_ID = /^res_[0-9a-z]{26}$/;

export async function getResource(appId: string, id: string): Promise<Resource> {
  return (await listResources(appId)).find((resource) => resource.id === id) ?? failNotFound("The resource");
}

/** The other resources, under a lock: no two requests take the same scope or become the default. */
async function lockOthers(tx: Tx, appId: string, id: string | null): Promise<Resource[]> {
  await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
  const rows = await tx.resource.findMany({ where: { appId, ...(id && { id: { not: id } }) } });
  return rows.map(resourceFromRow);
}

type Values = Pick<Resource, "identifier" | "name" | "scopes" | "accessTokenTtlSeconds" | "isDefault">;

interface Check {
  app: App;
  values: Values;
  others: Resource[];
  scopes: ReadonlyMap<string, unknown>;
}

/** @returns the columns to write */
function checkedColumns({ app, values, others, scopes }: Check) {
  const canonical = canonicalIdentifier(values.identifier) ?? failInput({ identifier: "must be an absolute URI" });
  const twin = others.find((other) => other.canonical === canonical);
  if (twin) {
    const taken = `This app already has the resource ${twin.identifier}. Update it, or choose another identifier.`;
    fail(409, "resource_exists", taken, { fields: { identifier: "is taken" } });
  }
  const problems = resourceProblems(values, { issuer: app.issuer, scopes, others });
  if (Object.keys(problems).length > 0) failInput(problems);
  return { ...values, identifierCanonical: canonical };
}

async function replaceDefault(tx: Tx, appId: string, values: Values): Promise<void> {
  if (!values.isDefault) return;
  await tx.resource.updateMany({ where: { appId, isDefault: true }, data: { isDefault: false, updatedAt: now() } });
}

function eventOf(type: string, by: Actor, id: string, explanation: Record<string, string | string[]>) {
  return { type, actor: by, target: { type: "resource", id }, explanation };
}

export async function createResource(app: App, input: NewResource, by: Actor) {
  // Developers get tokens only for the dashboard.
  if (app.id === TENANT_ZERO)
    fail(403, "reserved_app", "The developer app cannot have resources. Create the resource in another app.");
  const values: Values = {
    identifier: input.identifier,
    name: input.name,
    scopes: input.scopes ?? [],
    accessTokenTtlSeconds: input.access_token_ttl_seconds ?? null,
    isDefault: input.default ?? false,
  };
  const scopes = await listScopes(app.id);
  const row = await transaction(async (tx) => {
    const others = await lockOthers(tx, app.id, null);
    const columns = checkedColumns({ app, values, others, scopes });
    if (others.length >= MAX_RESOURCES)
      fail(409, "too_many_resources", `An app can have at most ${MAX_RESOURCES} resources. Delete one first.`);
    await replaceDefault(tx, app.id, values);
    const id = newId("res");
    const created = await tx.resource.create({
      data: { appId: app.id, id, ...columns, createdAt: now(), updatedAt: now() },
    });
    await recordEvent(tx, app.id, eventOf("resource.created", by, id, { identifier: values.identifier }));
    return created;
  });
  invalidate(app.id);
  return serializeResource(resourceFromRow(row));
}

function changedValues(before: Resource, changes: ResourceChanges): Values {
  return {
    identifier: changes.identifier ?? before.identifier,
    name: changes.name ?? before.name,
    scopes: changes.scopes ?? before.scopes,
    accessTokenTtlSeconds:
      changes.access_token_ttl_seconds === undefined ? before.accessTokenTtlSeconds : changes.access_token_ttl_seconds,
    isDefault: changes.default ?? before.isDefault,
  };
}

/** Grants keep the resource's ID, so that they stay valid when its identifier changes. */
export async function updateResource(appId: string, id: string, changes: ResourceChanges, by: Actor) {
  const [app, scopes] = [await getApp(appId), await listScopes(appId)];
  const row = await transaction(async (tx) => {
    const others = await lockOthers(tx, appId, id);
    const before = await tx.resource.findUnique({ where: { appId_id: { appId, id } } });
    if (!before) failNotFound("The resource");
    const values = changedValues(resourceFromRow(before), changes);
    const changed = changedNames(changes, serializeResource(resourceFromRow(before)));
    if (changed.length === 0) return before;
    const columns = checkedColumns({ app, values, others, scopes });
    await replaceDefault(tx, appId, values);
    const where = { appId_id: { appId, id } };
    const updated = await tx.resource.update({ where, data: { ...columns, updatedAt: now() } });
    await recordEvent(tx, appId, eventOf("resource.updated", by, id, { changed }));
    return updated;
  });
  invalidate(appId);
  return serializeResource(resourceFromRow(row));
}

/** Its tokens stay valid until they expire. Grants for it issue no further ones. */
export async function deleteResource(appId: string, id: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const [deleted] = await tx.resource.findMany({ where: { appId, id }, select: { identifier: true } });
    const { count } = await tx.resource.deleteMany({ where: { appId, id } });
    if (!deleted || count === 0) failNotFound("The resource");
    await recordEvent(tx, appId, eventOf("resource.deleted", by, id, { identifier: deleted.identifier }));
  });
  invalidate(appId);
}
