/** Identities: by what users are known elsewhere. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, prepared, type Tx, transaction } from "../database/client";
import { fail, failNotFound } from "../errors";
import { newId } from "../ids";
import { MANY_USERS } from "../users/count";
import { type Connection, listConnections } from "./connections";
import type { ProviderName } from "./list";
import type { SocialProfile } from "./profile";

/**
 * Two sign-ins of the same person at once, each for the first time: one after the other, until the
 * transaction ends.
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

/** What the provider says of its user now. */
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

/** A signed-in user takes an account of theirs elsewhere as another way in. */
export async function linkIdentity(connection: Connection, userId: string, profile: SocialProfile): Promise<void> {
  const { appId, label } = connection;
  await transaction(async (tx) => {
    await holdIdentity(tx, appId, profile);
    const known = await findIdentity(tx, appId, profile);
    if (known?.userId === userId) return noteIdentity(tx, known.id, connection, profile);
    if (known)
      fail(
        409,
        "identity_taken",
        `This ${label} account belongs to another user here already. Sign in with it instead.`,
      );
    await addIdentity(tx, connection, userId, profile, { type: "user", id: userId });
  });
}

export interface LinkedAccount {
  id: string;
  connection: string;
  /** What people call the provider. */
  label: string;
  /** null when its connection is gone. */
  provider: ProviderName | null;
  email: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Its connection is there and switched on. */
  usable: boolean;
}

/** By what a user is known elsewhere, the oldest first. */
export async function listLinkedAccounts(appId: string, userId: string, tx: Tx = db()): Promise<LinkedAccount[]> {
  const [rows, connections] = await Promise.all([
    tx.identity.findMany({
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
 * How many identities came by a connection, up to MANY_USERS: counting millions takes long and
 * tells nobody more than "many".
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

export interface WaysIn {
  password: boolean;
  /** A link can be mailed to a verified address. */
  magicLink: boolean;
  /** Known elsewhere, usable or not. */
  accounts: LinkedAccount[];
}

/** How a user can come in, as the App is set at present. */
export async function listWaysIn(app: App, userId: string, tx: Tx = db()): Promise<WaysIn> {
  const { methods } = app.settings;
  const user = await tx.user.findUnique({
    where: { appId_id: { appId: app.id, id: userId } },
    select: { passwordHash: true, email: true, emailVerifiedAt: true },
  });
  return {
    password: methods.password && Boolean(user?.passwordHash),
    magicLink: methods.magic_link && Boolean(user?.email && user.emailVerifiedAt),
    accounts: await listLinkedAccounts(app.id, userId, tx),
  };
}

/** Whether the user could still come in without this account. */
export function mayUnlink({ password, magicLink, accounts }: WaysIn, identityId: string): boolean {
  return password || magicLink || accounts.some(({ id, usable }) => usable && id !== identityId);
}

/** 409 `last_way_in` when nothing else would let the user in. */
export async function unlinkIdentity(app: App, userId: string, identityId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    // Two unlinked at once must not both be the last but one.
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE "appId" = ${app.id} AND "id" = ${userId} FOR NO KEY UPDATE`;
    const where = { appId: app.id, id: identityId, userId };
    const identity = await tx.identity.findFirst({ where, select: { connection: true, issuer: true } });
    if (!identity) failNotFound("The linked account");
    if (!mayUnlink(await listWaysIn(app, userId, tx), identityId))
      fail(409, "last_way_in", "This is the only way in that is left. Set a password or link another account first.");
    await tx.identity.deleteMany({ where });
    await recordEvent(tx, app.id, {
      type: "identity.unlinked",
      actor: by,
      userId,
      target: { type: "identity", id: identityId },
      explanation: identity,
    });
  });
}
