/** Identities: accounts at sign-in providers that are linked to users. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, prepared, type Tx, transaction } from "../database/client";
import { fail, failNotFound } from "../errors";
import { newId } from "../ids";
import { MANY_USERS } from "../users/count";
import { requireAnotherWayIn } from "../users/ways-in";
import { type Connection, listConnections } from "./connections";
import type { ProviderName } from "./list";
import type { SocialProfile } from "./profile";

/**
 * Locks the identity until the transaction ends, so that two first sign-ins of the same account run
 * one after the other.
 */
export async function holdIdentity(tx: Tx, appId: string, { issuer, subject }: SocialProfile): Promise<void> {
  const key = `${appId}/${issuer}/${subject}`;
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))) AS held`;
}

export async function findIdentity(tx: Tx, appId: string, { issuer, subject }: SocialProfile) {
  return tx.identity.findUnique({
    where: { appId_issuer_subject: { appId, issuer, subject } },
    select: { id: true, userId: true },
  });
}

function columnsOf(connection: Connection, profile: SocialProfile) {
  return {
    connection: connection.connection,
    email: profile.email?.email ?? null,
    profile: { ...profile.claims, email_verified: profile.emailVerified },
    lastUsedAt: now(),
  };
}

/** Stores the provider's current profile. */
export async function noteIdentity(tx: Tx, id: string, connection: Connection, profile: SocialProfile): Promise<void> {
  await tx.identity.updateMany({ where: { appId: connection.appId, id }, data: columnsOf(connection, profile) });
}

export async function addIdentity(
  tx: Tx,
  connection: Connection,
  userId: string,
  profile: SocialProfile,
  by: Actor,
): Promise<void> {
  const { appId } = connection;
  const { issuer, subject } = profile;
  const id = newId("idn");
  await tx.identity.create({
    data: { appId, id, userId, issuer, subject, ...columnsOf(connection, profile), createdAt: now() },
    select: { id: true },
  });
  await recordEvent(tx, appId, {
    type: "identity.linked",
    actor: by,
    userId,
    target: { type: "identity", id },
    explanation: { connection: connection.connection, issuer },
  });
}

/** Links a provider account to a signed-in user. */
export async function linkIdentity(connection: Connection, userId: string, profile: SocialProfile): Promise<void> {
  const { appId, label } = connection;
  await transaction(async (tx) => {
    await holdIdentity(tx, appId, profile);
    const known = await findIdentity(tx, appId, profile);
    if (known?.userId === userId) return noteIdentity(tx, known.id, connection, profile);
    if (known)
      fail(409, "identity_taken", `This ${label} account is already linked to another user. Sign in with it instead.`);
    await addIdentity(tx, connection, userId, profile, { type: "user", id: userId });
  });
}

export interface LinkedAccount {
  id: string;
  connection: string;
  /** The provider's name. */
  label: string;
  /** null if the connection was deleted. */
  provider: ProviderName | null;
  email: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Whether its connection exists and is enabled. */
  usable: boolean;
}

/** The linked accounts of a user, oldest first. */
export async function listLinkedAccounts(appId: string, userId: string): Promise<LinkedAccount[]> {
  const [rows, connections] = await Promise.all([
    db().identity.findMany({
      where: { appId, userId },
      orderBy: { createdAt: "asc" },
      select: { id: true, connection: true, email: true, profile: true, createdAt: true, lastUsedAt: true },
    }),
    listConnections(appId),
  ]);
  return rows.map(({ profile, ...row }) => {
    const connection = connections.find((candidate) => candidate.connection === row.connection);
    const { preferred_username: name } = profile as { preferred_username?: string };
    return {
      ...row,
      email: row.email ?? name ?? null,
      label: connection?.label ?? row.connection,
      provider: connection?.provider ?? null,
      usable: connection?.enabled === true,
    };
  });
}

/**
 * The number of identities of a connection, up to MANY_USERS: counting millions takes long, and
 * readers only need "10,000+".
 */
export async function countIdentities(appId: string, connection: string): Promise<number> {
  const [row] = await prepared<{ count: number }>(
    "count-identities",
    `SELECT count(*)::int AS "count" FROM
       (SELECT 1 FROM "Identity" WHERE "appId" = $1 AND "connection" = $2 LIMIT ${MANY_USERS}) AS found`,
    [appId, connection],
  );
  return row?.count ?? 0;
}

/** @throws 409 `last_way_in` if the user would have no other sign-in method */
export async function unlinkIdentity(app: App, userId: string, identityId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const where = { appId: app.id, id: identityId, userId };
    const identity = await tx.identity.findFirst({ where, select: { connection: true, issuer: true } });
    if (!identity) failNotFound("The linked account");
    await requireAnotherWayIn(tx, app, userId, { identity: identityId });
    const { count } = await tx.identity.deleteMany({ where });
    if (count === 0) failNotFound("The linked account");
    await recordEvent(tx, app.id, {
      type: "identity.unlinked",
      actor: by,
      userId,
      target: { type: "identity", id: identityId },
      explanation: identity,
    });
  });
}
