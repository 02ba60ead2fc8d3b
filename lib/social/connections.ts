/**
 * Connections of an app to sign-in providers: create, update, delete, and the sealed client secret.
 */

import { type App, getApp } from "../apps/apps";
import { requireSignInMethod } from "../apps/sign-in-methods";
import { type Actor, recordEvent } from "../audit/events";
import { changedNames } from "../changes";
import { now } from "../clock";
import type { SealedValue } from "../crypto/reseal";
import { type SealContext, seal, unseal } from "../crypto/seal";
import { cached, invalidate } from "../database/cache";
import { db, isUniqueViolation, type OAuthConfig, transaction } from "../database/client";
import { env } from "../env";
import { fail, failInput, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";
import {
  type ConnectionChanges,
  type ConnectionInput,
  connectionProblems,
  type NewConnection,
  nameProblems,
} from "./inputs";
import { PROVIDERS, type ProviderName } from "./list";

export interface Connection extends Omit<ConnectionInput, "client_secret"> {
  appId: string;
  /** The name on the button: "Continue with …". */
  label: string;
  hasSecret: boolean;
  secretSealed: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const MAX_CONNECTIONS = 50;

function fromRow(row: OAuthConfig): Connection {
  const provider = row.provider as ProviderName;
  return {
    appId: row.appId,
    connection: row.connection,
    provider,
    display_name: row.displayName,
    label: row.displayName ?? PROVIDERS[provider].label,
    client_id: row.clientId,
    hasSecret: row.secretSealed !== null,
    secretSealed: row.secretSealed,
    issuer: row.issuer,
    authorization_url: row.authorizationUrl,
    token_url: row.tokenUrl,
    api_url: row.apiUrl,
    scopes: row.scopes,
    redirect_uris: row.redirectUris,
    delivery: row.delivery as Connection["delivery"],
    enabled: row.enabled,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function toColumns(input: Omit<ConnectionInput, "connection" | "client_secret">) {
  return {
    provider: input.provider,
    displayName: input.display_name,
    clientId: input.client_id,
    issuer: input.issuer,
    authorizationUrl: input.authorization_url,
    tokenUrl: input.token_url,
    apiUrl: input.api_url,
    scopes: input.scopes,
    redirectUris: input.redirect_uris,
    delivery: input.delivery,
    enabled: input.enabled,
  };
}

/** All connections of an app, from the cache, oldest first. */
export function listConnections(appId: string): Promise<Connection[]> {
  return cached(appId, "connections", async () => {
    const rows = await db().oAuthConfig.findMany({ where: { appId }, orderBy: { createdAt: "asc" } });
    return rows.map(fromRow);
  });
}

/** The connections that users can sign in with. */
export async function listEnabledConnections(appId: string): Promise<Connection[]> {
  return (await listConnections(appId)).filter(({ enabled }) => enabled);
}

export async function findConnection(appId: string, name: string): Promise<Connection | null> {
  return (await listConnections(appId)).find(({ connection }) => connection === name) ?? null;
}

export async function getConnection(appId: string, name: string): Promise<Connection> {
  return (await findConnection(appId, name)) ?? failNotFound("The connection");
}

function sealContext(appId: string, connection: string): SealContext {
  return { appId, location: `OAuthConfig/${connection}` };
}

/** Decrypts the client secret. null for a public client. */
export function openClientSecret({ appId, connection, secretSealed }: Connection): string | null {
  return secretSealed === null ? null : unseal(secretSealed, sealContext(appId, connection));
}

/** The redirect URI that the app's owner registers with the provider. */
export function callbackUrl(appId: string, connection: string): string {
  return `${env().PUBLIC_URL}/api/auth/callback/${connection}/${appId}`;
}

/** A connection in API responses, without its secret. */
export function connectionAnswer(connection: Connection) {
  const { appId, label: _, secretSealed: __, hasSecret, createdAt, updatedAt, ...input } = connection;
  return {
    ...input,
    has_secret: hasSecret,
    callback_url: callbackUrl(appId, connection.connection),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}

function requireNoProblems(problems: Record<string, string>): void {
  if (Object.keys(problems).length > 0) failInput(problems);
}

function withDefaults(input: NewConnection): ConnectionInput {
  // An undefined value must not override a default.
  const said = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as NewConnection;
  return {
    connection: input.provider,
    display_name: null,
    client_secret: null,
    issuer: null,
    authorization_url: null,
    token_url: null,
    api_url: null,
    scopes: PROVIDERS[input.provider].scopes,
    redirect_uris: [],
    delivery: "query",
    enabled: true,
    ...said,
  };
}

function eventOf(type: string, by: Actor, connection: string, explanation: Record<string, string | string[]>) {
  return { type, actor: by, target: { type: "connection", id: connection }, explanation };
}

export async function createConnection(app: App, input: NewConnection, by: Actor) {
  // Developers sign in only through the dashboard.
  if (app.id === TENANT_ZERO) fail(403, "reserved_app", "The app of the developers can't have connections.");
  const full = withDefaults(input);
  requireNoProblems({ ...nameProblems(full), ...connectionProblems(full) });
  const { connection, client_secret: secret } = full;
  const secretSealed = secret === null ? null : seal(secret, sealContext(app.id, connection));
  const row = { appId: app.id, connection, ...toColumns(full), secretSealed, createdAt: now(), updatedAt: now() };
  try {
    await transaction(async (tx) => {
      await tx.oAuthConfig.create({ data: row, select: { connection: true } });
      if ((await tx.oAuthConfig.count({ where: { appId: app.id } })) > MAX_CONNECTIONS)
        fail(409, "too_many_connections", `An app can have at most ${MAX_CONNECTIONS} connections. Delete one first.`);
      await recordEvent(tx, app.id, eventOf("connection.created", by, connection, { provider: full.provider }));
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const taken = `A connection named ${connection} already exists. Update it, or choose another name.`;
    fail(409, "connection_exists", taken, { cause: error, fields: { connection: "is taken" } });
  }
  invalidate(app.id);
  return connectionAnswer(await getConnection(app.id, connection));
}

/** The client secret is sent to these URLs. */
const ADDRESSES = ["issuer", "authorization_url", "token_url", "api_url"] as const;

/** Otherwise, a team member could read the secret by having it sent to another URL. */
function requireSecretWithAddress(before: Connection, changes: ConnectionChanges): void {
  const moved = ADDRESSES.find((name) => changes[name] !== undefined && changes[name] !== before[name]);
  if (moved && before.hasSecret && changes.client_secret === undefined)
    failInput({ client_secret: `must be sent again, because ${moved} changes where Foyer sends it` });
}

export async function updateConnection(app: App, name: string, changes: ConnectionChanges, by: Actor) {
  const before = await getConnection(app.id, name);
  const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const { client_secret: secret } = changes;
  const kept = before.hasSecret ? "kept" : null;
  const after: ConnectionInput = { ...before, client_secret: kept, ...said };
  requireNoProblems(connectionProblems(after));
  requireSecretWithAddress(before, changes);
  // A secret can't be compared without reading it, so it is always a change.
  const changed = changedNames(said, before);
  if (changed.length === 0) return connectionAnswer(before);
  const sealed = secret === undefined ? {} : { secretSealed: secret && seal(secret, sealContext(app.id, name)) };
  await transaction(async (tx) => {
    const { count } = await tx.oAuthConfig.updateMany({
      where: { appId: app.id, connection: name },
      data: { ...toColumns(after), ...sealed, updatedAt: now() },
    });
    if (count === 0) failNotFound("The connection");
    if (changes.enabled === false) await requireSignInMethod(tx, app.id);
    await recordEvent(tx, app.id, eventOf("connection.updated", by, name, { changed }));
  });
  invalidate(app.id);
  return connectionAnswer(await getConnection(app.id, name));
}

/** Creates the connection, or updates the one with this name. Absent values stay unchanged. */
export async function setConnection(app: App, input: NewConnection, by: Actor) {
  const name = input.connection ?? input.provider;
  const before = await findConnection(app.id, name);
  if (!before) return createConnection(app, input, by);
  if (before.provider !== input.provider)
    fail(
      409,
      "connection_exists",
      `The connection ${name} already exists for ${before.provider}. Delete it, or choose another name.`,
    );
  const { connection: _, provider: __, ...changes } = input;
  return updateConnection(app, name, changes, by);
}

/** The identities are kept: after the connection is created again, its users can sign in again. */
export async function deleteConnection(appId: string, name: string, by: Actor): Promise<void> {
  await getApp(appId);
  await transaction(async (tx) => {
    const { count } = await tx.oAuthConfig.deleteMany({ where: { appId, connection: name } });
    if (count === 0) failNotFound("The connection");
    await requireSignInMethod(tx, appId);
    await recordEvent(tx, appId, eventOf("connection.deleted", by, name, {}));
  });
  invalidate(appId);
}

/** All sealed client secrets, for re-encryption. */
export async function* sealedClientSecrets(): AsyncGenerator<SealedValue> {
  const rows = await db().oAuthConfig.findMany({
    where: { secretSealed: { not: null } },
    select: { appId: true, connection: true, secretSealed: true },
  });
  for (const { appId, connection, secretSealed } of rows) {
    if (!secretSealed) continue;
    // Not if the secret has been replaced meanwhile.
    const where = { appId, connection, secretSealed };
    const replace = (fresh: string) => db().oAuthConfig.updateMany({ where, data: { secretSealed: fresh } });
    yield { sealed: secretSealed, context: sealContext(appId, connection), replace };
  }
}
