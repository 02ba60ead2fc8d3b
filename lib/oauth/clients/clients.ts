/** OAuth clients of an app: create, list, update, delete and secret rotation. */
import { isDeepStrictEqual } from "node:util";
import { type Actor, recordEvent } from "../../audit/events";
import { now } from "../../clock";
import { cached, invalidate } from "../../database/cache";
import { db, type Prisma, type Tx, transaction } from "../../database/client";
import { afterTimeCursor, type Page, type PageQuery, timeCursor, toPage } from "../../database/pagination";
import { fail, failNotFound } from "../../errors";
import { appIdFromShort, newClientId, TENANT_ZERO } from "../../ids";
import { isUrlClientId } from "../client-documents/document-url";
import { listScopes } from "../scopes/scopes";
import type { Client } from "./client";
import { clientColumns, clientFromRow, INCLUDE_SECRETS } from "./client-row";
import { type ClientInput, type UpdateClientInput, withDefaults } from "./inputs";
import { prepareClient } from "./prepare";
import { MAX_ACTIVE_SECRETS, newClientSecretRow } from "./secrets";
import { requireValid } from "./validation";

export type { Client } from "./client";

const CLIENT_ID = /^cli_([0-9a-z]{5,24})_[0-9a-z]{26}$/;

/** The app ID in a client ID, or null if the client ID is malformed. */
export function appOfClientId(clientId: string): string | null {
  const [, short] = CLIENT_ID.exec(clientId) ?? [];
  return short ? appIdFromShort(short) : null;
}

/**
 * Reads a stored client through the cache, without fetching its metadata document. null if the app
 * doesn't have it or it is disabled.
 */
export function findClient(appId: string, clientId: string): Promise<Client | null> {
  if (appOfClientId(clientId) !== appId && !isUrlClientId(clientId)) return Promise.resolve(null);
  return cached(appId, `client/${clientId}`, async () => {
    const where = { appId_id: { appId, id: clientId }, disabledAt: null };
    const row = await db().oAuthClient.findUnique({ where, include: INCLUDE_SECRETS });
    return row && clientFromRow(row);
  });
}

export async function getClient(appId: string, clientId: string): Promise<Client> {
  return (await findClient(appId, clientId)) ?? failNotFound("The client");
}

/** A client in API responses, without secrets. */
export function serializeClient(client: Client) {
  const { appId: _, id, secrets: __, createdAt, lastUsedAt, ...input } = client;
  return {
    client_id: id,
    ...input,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

/** Newest first. IDs of metadata documents are URLs, so the time decides. */
export async function listClients(
  appId: string,
  query: Pick<PageQuery, "cursor" | "limit" | "q"> & { source?: Client["source"] },
): Promise<Page<ReturnType<typeof serializeClient>>> {
  const rows = await db().oAuthClient.findMany({
    where: {
      appId,
      ...afterTimeCursor(query.cursor),
      ...(query.source && { source: query.source }),
      ...(query.q && { AND: { OR: [{ name: { contains: query.q, mode: "insensitive" } }, { id: query.q }] } }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: query.limit + 1,
    include: INCLUDE_SECRETS,
  });
  return toPage(rows, query.limit, (row) => serializeClient(clientFromRow(row)), timeCursor);
}

/** Whether the client authenticates with a secret. */
function hasSecret(client: ClientInput): boolean {
  return !client.public && client.token_endpoint_auth_method !== "private_key_jwt";
}

export async function createClient(
  appId: string,
  input: Pick<ClientInput, "client_name"> & Partial<ClientInput>,
  by: Actor,
) {
  // Developers sign in only through the dashboard.
  if (appId === TENANT_ZERO)
    fail(403, "reserved_app", "The developer app cannot have OAuth clients. Create the client in another app.");
  const client = withDefaults(input);
  requireValid(await listScopes(appId), client);
  await prepareClient(appId, client);
  const { row, secret } = await transaction((tx) => insertClient(tx, appId, client, by));
  invalidate(appId);
  return { ...serializeClient(clientFromRow(row)), ...(secret && { client_secret: secret }) };
}

/** Columns that only self-registered clients have. */
type RegistrationColumns = Partial<
  Pick<Prisma.OAuthClientUncheckedCreateInput, "source" | "registrationTokenHash" | "checkUnusedAt" | "metadata">
>;

/** Writes a client that was validated, and its first secret if it authenticates with one. */
export async function insertClient(
  tx: Tx,
  appId: string,
  client: ClientInput,
  by: Actor,
  registration: RegistrationColumns = {},
) {
  const id = newClientId(appId);
  const secret = hasSecret(client) ? newClientSecretRow(appId, id) : null;
  await tx.oAuthClient.create({
    data: { appId, id, ...clientColumns(client), ...registration, createdAt: now() },
    select: { id: true },
  });
  if (secret) await tx.clientSecret.create({ data: secret.row, select: { id: true } });
  const type = registration.source ? "client.registered" : "client.created";
  await recordEvent(tx, appId, { type, actor: by, clientId: id, target: { type: "client", id } });
  const row = await tx.oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId, id } }, include: INCLUDE_SECRETS });
  return { row, secret: secret?.secret };
}

/**
 * Updates a client under a row lock, so that concurrent changes don't overwrite each other.
 * @param change computes the fields to write from the current client
 */
export async function changeClient(
  appId: string,
  clientId: string,
  change: (before: Client) => UpdateClientInput,
  by: Actor,
) {
  // Reads the scopes before the lock: the transaction must not wait for a second connection.
  const known = await listScopes(appId);
  const current = await getClient(appId, clientId);
  const wanted = withDefaults({ ...current, ...change(current) });
  requireValid(known, wanted, current);
  await prepareClient(appId, wanted, current);
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "OAuthClient" WHERE "appId" = ${appId} AND "id" = ${clientId} FOR NO KEY UPDATE`;
    const where = { appId_id: { appId, id: clientId }, disabledAt: null };
    const row = await tx.oAuthClient.findUnique({ where, include: INCLUDE_SECRETS });
    if (!row) failNotFound("The client");
    const before = clientFromRow(row);
    const input = change(before);
    const client = withDefaults({ ...before, ...input });
    const changed = Object.keys(input).filter(
      (name) => !isDeepStrictEqual(client[name as keyof ClientInput], before[name as keyof ClientInput]),
    );
    if (changed.length === 0) return;
    requireValid(known, client, before);
    await tx.oAuthClient.updateMany({
      where: { appId, id: clientId },
      data: { ...clientColumns(client), updatedAt: now() },
    });
    await recordEvent(tx, appId, {
      type: "client.updated",
      actor: by,
      clientId,
      target: { type: "client", id: clientId },
      explanation: { changed },
    });
  });
  invalidate(appId);
  return serializeClient(await getClient(appId, clientId));
}

export function updateClient(appId: string, clientId: string, input: UpdateClientInput, by: Actor) {
  return changeClient(appId, clientId, () => input, by);
}

/** Deletes a client. The database cascade deletes its consents and grants. */
export async function deleteClient(appId: string, clientId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.oAuthClient.deleteMany({ where: { appId, id: clientId } });
    if (count === 0) failNotFound("The client");
    await recordEvent(tx, appId, {
      type: "client.deleted",
      actor: by,
      clientId,
      target: { type: "client", id: clientId },
    });
  });
  invalidate(appId);
}

/** Creates a secret. Keeps the newest earlier secret active and revokes the others. */
export async function rotateClientSecret(
  appId: string,
  clientId: string,
  by: Actor,
): Promise<{ client_id: string; client_secret: string }> {
  const client = await getClient(appId, clientId);
  if (client.public)
    fail(409, "public_client", "A public client has no secret. Create a confidential client for your server.");
  if (!hasSecret(client))
    fail(409, "no_secret", "The client signs with its own key. Change token_endpoint_auth_method to use a secret.");
  const { secret, row } = newClientSecretRow(appId, clientId);
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "OAuthClient" WHERE "appId" = ${appId} AND "id" = ${clientId} FOR NO KEY UPDATE`;
    await tx.clientSecret.create({ data: row, select: { id: true } });
    const active = await tx.clientSecret.findMany({
      where: { appId, clientId, revokedAt: null },
      orderBy: { id: "desc" },
      select: { id: true },
    });
    const surplus = active.filter(({ id }) => id !== row.id).slice(MAX_ACTIVE_SECRETS - 1);
    await tx.clientSecret.updateMany({
      where: { appId, id: { in: surplus.map(({ id }) => id) } },
      data: { revokedAt: now() },
    });
    await recordEvent(tx, appId, {
      type: "client.secret_rotated",
      actor: by,
      clientId,
      target: { type: "client", id: clientId },
    });
  });
  invalidate(appId);
  return { client_id: clientId, client_secret: secret };
}
