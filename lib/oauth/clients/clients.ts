/** OAuth clients: the third-party (and first-party) applications of an App. */
import { type Actor, recordEvent } from "../../audit/events";
import { cached, invalidate } from "../../cache";
import { now } from "../../clock";
import { db, type OAuthClient, transaction } from "../../db";
import { fail, failInput, failNotFound } from "../../errors";
import { appIdFromShort, newClientId, TENANT_ZERO } from "../../ids";
import { type Page, type PageQuery, toPage } from "../../page";
import { listScopes } from "../scopes";
import { type ClientInput, clientProblems, type UpdateClientInput, withDefaults } from "./inputs";
import { LIVE_SECRETS, newClientSecretRow } from "./secrets";

export interface Client extends ClientInput {
  appId: string;
  id: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** SHA-256 of the secrets that may be used. */
  secrets: { id: string; hash: Uint8Array }[];
}

const CLIENT_ID = /^cli_([0-9a-z]{5,24})_[0-9a-z]{26}$/;

/** The App that a well-formed client id names, or null. */
export function appOfClientId(clientId: string): string | null {
  const [, short] = CLIENT_ID.exec(clientId) ?? [];
  return short ? appIdFromShort(short) : null;
}

type Row = OAuthClient & { secrets: { id: string; hash: Uint8Array }[] };

function fromRow(row: Row): Client {
  return {
    appId: row.appId,
    id: row.id,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    secrets: row.secrets,
    client_name: row.name,
    application_type: row.applicationType as ClientInput["application_type"],
    public: row.isPublic,
    redirect_uris: row.redirectUris,
    post_logout_redirect_uris: row.postLogoutRedirectUris,
    grant_types: row.grantTypes as ClientInput["grant_types"],
    scopes: row.scopes,
    token_endpoint_auth_method: row.authMethod as ClientInput["token_endpoint_auth_method"],
    pkce: row.pkce as ClientInput["pkce"],
    refresh: row.refresh as ClientInput["refresh"],
    id_token_signed_response_alg: row.idTokenAlg as ClientInput["id_token_signed_response_alg"],
    claims_in_id_token: row.claimsInIdToken,
    first_party: row.firstParty,
    resource_server: row.resourceServer,
    logo_uri: row.logoUrl,
    client_uri: row.siteUrl,
    policy_uri: row.policyUrl,
    tos_uri: row.termsUrl,
    default_max_age: row.defaultMaxAgeSeconds,
    require_auth_time: row.requireAuthTime,
    access_token_ttl_seconds: row.accessTokenTtlSeconds,
    id_token_ttl_seconds: row.idTokenTtlSeconds,
    refresh_idle_ttl_seconds: row.refreshIdleTtlSeconds,
    refresh_absolute_ttl_seconds: row.refreshAbsoluteTtlSeconds,
  };
}

function toColumns(client: ClientInput) {
  return {
    name: client.client_name,
    applicationType: client.application_type,
    isPublic: client.public,
    redirectUris: client.redirect_uris,
    postLogoutRedirectUris: client.post_logout_redirect_uris,
    grantTypes: client.grant_types,
    responseTypes: client.grant_types.includes("authorization_code") ? ["code"] : [],
    scopes: client.scopes,
    authMethod: client.token_endpoint_auth_method,
    pkce: client.pkce,
    refresh: client.refresh,
    idTokenAlg: client.id_token_signed_response_alg,
    claimsInIdToken: client.claims_in_id_token,
    firstParty: client.first_party,
    resourceServer: client.resource_server,
    logoUrl: client.logo_uri,
    siteUrl: client.client_uri,
    policyUrl: client.policy_uri,
    termsUrl: client.tos_uri,
    defaultMaxAgeSeconds: client.default_max_age,
    requireAuthTime: client.require_auth_time,
    accessTokenTtlSeconds: client.access_token_ttl_seconds,
    idTokenTtlSeconds: client.id_token_ttl_seconds,
    refreshIdleTtlSeconds: client.refresh_idle_ttl_seconds,
    refreshAbsoluteTtlSeconds: client.refresh_absolute_ttl_seconds,
  };
}

const LIVE = { where: { revokedAt: null }, select: { id: true, hash: true } } as const;

/** From the cache; null when there is none of this id in the App, or it is disabled. */
export function findClient(appId: string, clientId: string): Promise<Client | null> {
  if (appOfClientId(clientId) !== appId) return Promise.resolve(null);
  return cached(appId, `client/${clientId}`, async () => {
    const where = { appId_id: { appId, id: clientId }, disabledAt: null };
    const row = await db().oAuthClient.findUnique({ where, include: { secrets: LIVE } });
    return row && fromRow(row);
  });
}

export async function getClient(appId: string, clientId: string): Promise<Client> {
  return (await findClient(appId, clientId)) ?? failNotFound("The client");
}

/** A client as its owner sees it; secrets by their prefix only. */
export function clientAnswer(client: Client) {
  const { appId: _, id, secrets: __, createdAt, lastUsedAt, ...input } = client;
  return {
    client_id: id,
    ...input,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

export async function listClients(
  appId: string,
  query: Pick<PageQuery, "cursor" | "limit" | "q">,
): Promise<Page<ReturnType<typeof clientAnswer>>> {
  const rows = await db().oAuthClient.findMany({
    where: {
      appId,
      ...(query.cursor && { id: { lt: query.cursor } }),
      ...(query.q && { name: { contains: query.q, mode: "insensitive" } }),
    },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    include: { secrets: LIVE },
  });
  return toPage(rows, query.limit, (row) => clientAnswer(fromRow(row)));
}

function requireValid(known: Awaited<ReturnType<typeof listScopes>>, client: ClientInput): void {
  const problems = clientProblems(client);
  client.scopes.forEach((scope, index) => {
    if (!known.has(scope)) problems[`scopes.${index}`] = `${scope} is no scope of this App; make it first`;
  });
  if (Object.keys(problems).length > 0) failInput(problems);
}

export async function createClient(
  appId: string,
  input: Pick<ClientInput, "client_name"> & Partial<ClientInput>,
  by: Actor,
) {
  // Developers sign in through the dashboard alone.
  if (appId === TENANT_ZERO) fail(403, "reserved_app", "The App of the developers has no OAuth clients.");
  const client = withDefaults(input);
  requireValid(await listScopes(appId), client);
  const id = newClientId(appId);
  const secret = client.public ? null : newClientSecretRow(appId, id);
  const row = await transaction(async (tx) => {
    await tx.oAuthClient.create({ data: { appId, id, ...toColumns(client), createdAt: now() }, select: { id: true } });
    if (secret) await tx.clientSecret.create({ data: secret.row, select: { id: true } });
    await recordEvent(tx, appId, { type: "client.created", actor: by, clientId: id, target: { type: "client", id } });
    return tx.oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId, id } }, include: { secrets: LIVE } });
  });
  invalidate(appId);
  return { ...clientAnswer(fromRow(row)), ...(secret && { client_secret: secret.secret }) };
}

/**
 * Changes a client by what it is at that moment, under its lock: two changes at once do not undo each other.
 * @param change the fields to write, from the client as it is
 */
export async function changeClient(
  appId: string,
  clientId: string,
  change: (before: Client) => UpdateClientInput,
  by: Actor,
) {
  // Asked before the lock is held, so that nobody waits for a second connection with it.
  const known = await listScopes(appId);
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "OAuthClient" WHERE "appId" = ${appId} AND "id" = ${clientId} FOR NO KEY UPDATE`;
    const where = { appId_id: { appId, id: clientId }, disabledAt: null };
    const row = await tx.oAuthClient.findUnique({ where, include: { secrets: LIVE } });
    if (!row) failNotFound("The client");
    const input = change(fromRow(row));
    const client = withDefaults({ ...fromRow(row), ...input });
    requireValid(known, client);
    await tx.oAuthClient.updateMany({
      where: { appId, id: clientId },
      data: { ...toColumns(client), updatedAt: now() },
    });
    await recordEvent(tx, appId, {
      type: "client.updated",
      actor: by,
      clientId,
      target: { type: "client", id: clientId },
      explanation: { changed: Object.keys(input) },
    });
  });
  invalidate(appId);
  return clientAnswer(await getClient(appId, clientId));
}

export function updateClient(appId: string, clientId: string, input: UpdateClientInput, by: Actor) {
  return changeClient(appId, clientId, () => input, by);
}

/** With it go its consents and grants: whatever it was allowed ends. */
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

/** A new secret; of the older ones only the youngest stays valid, until the next rotation. */
export async function rotateClientSecret(
  appId: string,
  clientId: string,
  by: Actor,
): Promise<{ client_id: string; client_secret: string }> {
  const client = await getClient(appId, clientId);
  if (client.public)
    fail(409, "public_client", "A public client has no secret. Make a confidential client for a server.");
  const { secret, row } = newClientSecretRow(appId, clientId);
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "OAuthClient" WHERE "appId" = ${appId} AND "id" = ${clientId} FOR NO KEY UPDATE`;
    await tx.clientSecret.create({ data: row, select: { id: true } });
    const live = await tx.clientSecret.findMany({
      where: { appId, clientId, revokedAt: null },
      orderBy: { id: "desc" },
      select: { id: true },
    });
    const surplus = live.filter(({ id }) => id !== row.id).slice(LIVE_SECRETS - 1);
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
