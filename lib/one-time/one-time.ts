/**
 * One-time tokens: emailed links and codes, social sign-in state, exchange codes. The row stores a
 * hash; one conditional UPDATE consumes it.
 */
import { randomBytes } from "node:crypto";
import { now, secondsFromNow } from "../clock";
import { randomSecret, sha256 } from "../crypto/hash";
import { inApp } from "../database/by-key";
import { db, type Prisma, type Tx } from "../database/client";
import { newId } from "../ids";
import { hashCode, newCode } from "./code";
import { ONE_TIME_FIELDS, type OneTime } from "./fields";
import type { Payloads, Purpose } from "./payloads";

export interface NewOneTime<P extends Purpose> {
  purpose: P;
  payload: Payloads[P];
  ttlSeconds: number;
  userId?: string | null;
  /** The recipient's canonical email address. */
  email?: string | null;
  /** Also creates a 6-digit code. */
  withCode?: boolean;
}

export interface IssuedOneTime {
  /** Returned only here. */
  secret: string;
  code: string | null;
  expiresAt: Date;
  row: Prisma.OneTimeTokenCreateManyInput;
}

/**
 * 128 bits. The link also contains a signature of 256 bits, so it can't be guessed, and each of its
 * characters makes it more likely that an email program breaks it.
 */
function randomMagicLinkSecret(): string {
  return randomBytes(16).toString("base64url");
}

/** A new token and its row, for the caller's transaction. */
export function newOneTime<P extends Purpose>(appId: string, issue: NewOneTime<P>): IssuedOneTime {
  const secret = issue.purpose === "magic_link" ? randomMagicLinkSecret() : randomSecret();
  const code = issue.withCode ? newCode() : null;
  const expiresAt = secondsFromNow(issue.ttlSeconds);
  const row = {
    appId,
    id: newId("ott"),
    purpose: issue.purpose,
    secretHash: sha256(secret),
    codeHash: code && issue.email ? hashCode(appId, issue.email, code) : null,
    userId: issue.userId ?? null,
    email: issue.email ?? null,
    payload: issue.payload as Prisma.InputJsonObject,
    createdAt: now(),
    expiresAt,
  };
  return { secret, code, expiresAt, row };
}

export async function issueOneTime<P extends Purpose>(
  appId: string,
  issue: NewOneTime<P>,
  tx: Tx = db(),
): Promise<Omit<IssuedOneTime, "row">> {
  const { row, ...issued } = newOneTime(appId, issue);
  await tx.oneTimeToken.create({ data: row, select: { id: true } });
  return issued;
}

export type Consumed<P extends Purpose> =
  | { status: "ok"; token: OneTime<P> }
  | { status: "reused" | "expired" | "unknown" };

type NotConsumed = Exclude<Consumed<Purpose>, { status: "ok" }>;

async function whyNot(tx: Tx, appId: string, purpose: Purpose, secret: string): Promise<NotConsumed> {
  const row = await tx.oneTimeToken.findUnique({
    where: { appId_secretHash: { appId, secretHash: sha256(secret) }, purpose },
    select: { consumedAt: true },
  });
  // "Reused" comes before "expired", so that a replay is detected.
  if (!row) return { status: "unknown" };
  return { status: row.consumedAt ? "reused" : "expired" };
}

/**
 * Consumes a token: `ok` for one caller only. If the caller's transaction fails, the token stays
 * unused.
 */
export async function consumeOneTime<P extends Purpose>(
  tx: Tx,
  appId: string,
  purpose: P,
  secret: string,
): Promise<Consumed<P>> {
  const [token] = await tx.oneTimeToken.updateManyAndReturn({
    where: { appId, secretHash: sha256(secret), purpose, consumedAt: null, expiresAt: { gt: now() } },
    data: { consumedAt: now() },
    select: ONE_TIME_FIELDS,
  });
  return token ? { status: "ok", token: token as OneTime<P> } : whyNot(tx, appId, purpose, secret);
}

/** Reads a token without consuming it, for the page that asks the user to confirm. */
export async function peekOneTime<P extends Purpose>(appId: string, purpose: P, secret: string): Promise<Consumed<P>> {
  const token = await db().oneTimeToken.findUnique({
    where: {
      appId_secretHash: { appId, secretHash: sha256(secret) },
      purpose,
      consumedAt: null,
      expiresAt: { gt: now() },
    },
    select: ONE_TIME_FIELDS,
  });
  return token ? { status: "ok", token: token as OneTime<P> } : whyNot(db(), appId, purpose, secret);
}

/** The newest unused token of a user, or null. */
export async function findOneTimeOf<P extends Purpose>(
  appId: string,
  purpose: P,
  userId: string,
): Promise<OneTime<P> | null> {
  const token = await db().oneTimeToken.findFirst({
    where: { appId, purpose, userId, consumedAt: null, expiresAt: { gt: now() } },
    orderBy: { id: "desc" },
    select: ONE_TIME_FIELDS,
  });
  return token as OneTime<P> | null;
}

/** The unused tokens of a purpose that were sent to an email address, newest first. */
export async function listOneTimes<P extends Purpose>(appId: string, purpose: P): Promise<OneTime<P>[]> {
  const rows = await db().oneTimeToken.findMany({
    // The index by email address.
    where: { appId, purpose, email: { not: null }, consumedAt: null, expiresAt: { gt: now() } },
    orderBy: { id: "desc" },
    take: 200,
    select: ONE_TIME_FIELDS,
  });
  return rows as OneTime<P>[];
}

/** Deletes the unused tokens of a user or an email address, for example after a new password. */
export async function deleteOneTimes(
  tx: Tx,
  appId: string,
  of: { purposes: Purpose[] } & ({ userId: string } | { email: string }),
): Promise<void> {
  const [column, key] = "userId" in of ? ["userId", of.userId] : ["email", of.email];
  await tx.$executeRawUnsafe(
    `DELETE FROM "OneTimeToken" t
     WHERE ${inApp("t")} AND t."${column}" = $2 AND t."purpose" = ANY ($3) AND t."consumedAt" IS NULL`,
    appId,
    key,
    of.purposes,
  );
}

/**
 * Deletes the tokens, used or not, that were sent to the email address of a deleted user without
 * naming the user. The foreign key deletes the others.
 */
export async function deleteOneTimesTo(tx: Tx, appId: string, email: string): Promise<void> {
  const purposes: Purpose[] = ["magic_link", "email_code", "user_invitation"];
  await tx.oneTimeToken.deleteMany({ where: { appId, email, purpose: { in: purposes } } });
}

/** Deletes one unused token. → false if there is none */
export async function deleteOneTime(tx: Tx, appId: string, purpose: Purpose, id: string): Promise<boolean> {
  const { count } = await tx.oneTimeToken.deleteMany({ where: { appId, id, purpose, consumedAt: null } });
  return count === 1;
}
