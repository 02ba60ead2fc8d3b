/**
 * Secrets that are issued once and consumed once: mailed links and codes, sign-in state, hand-overs. The row holds a hash; one conditional
 * UPDATE decides who was first.
 */
import { randomInt } from "node:crypto";
import { inSeconds, now } from "../clock";
import { type Digest, equalBytes, hmacSha256, randomSecret, sha256 } from "../crypto/hash";
import { deriveKey, keyVersions } from "../crypto/master-key";
import { db, type Prisma, type Tx } from "../database/client";
import { newId } from "../ids";

/** What somebody went to another provider for. */
export type SocialGoal =
  /** To come back to an address of the App; `state` is the caller's. */
  | { type: "return"; redirectUri: string; state?: string }
  /** To go on where a hosted page asked for a sign-in. */
  | { type: "interaction"; id: string }
  /** To be known by that account, too; the user is the token's. */
  | { type: "link" }
  /** To see what comes back. */
  | { type: "test"; developerId: string };

/** What each purpose carries from its issue to its use. */
export interface Payloads {
  /** `redirectUri` and `state` are the caller's; `interactionId` when the hosted sign-in page asked for it. */
  magic_link: { redirectUri?: string; state?: string; interactionId?: string };
  /** `interactionId`: the authorization request that waits in the browser where the mail was asked for. */
  verify_email: { interactionId?: string };
  reset_password: { interactionId?: string };
  change_email: { email: string; canonical: string };
  /** A sign-in at another provider that is under way. */
  social_state: {
    connection: string;
    /** SHA-256 of the cookie of the browser that began it. */
    browser: string;
    /** The master key's version when PKCE verifier and nonce were derived. */
    keyVersion: number;
    goal: SocialGoal;
  };
  /** What the test of a connection brought back, for the developer who ran it. */
  social_test: { connection: string; developerId: string; outcome: Prisma.InputJsonObject };
  /** A finished sign-in that the App's backend fetches with a code. */
  exchange_code: { method: string; amr: string[] };
  /** Somebody is asked to become a user of the App. */
  user_invitation: { redirectUri?: string };
  /** Somebody is asked to become a member of the App. */
  member_invitation: { role: string; invitedBy: string };
}

export type Purpose = keyof Payloads;

export interface OneTime<P extends Purpose> {
  id: string;
  userId: string | null;
  /** Whom it was sent to, canonical. */
  email: string | null;
  payload: Payloads[P];
  createdAt: Date;
  expiresAt: Date;
}

export interface NewOneTime<P extends Purpose> {
  purpose: P;
  payload: Payloads[P];
  ttlSeconds: number;
  userId?: string | null;
  /** Canonical. */
  email?: string | null;
  /** Also a 6-digit code, for somebody who reads the mail on another device. */
  withCode?: boolean;
}

export interface IssuedOneTime {
  /** In the answer only. */
  secret: string;
  code: string | null;
  expiresAt: Date;
  row: Prisma.OneTimeTokenCreateManyInput;
}

export const CODE_DIGITS = 6;
/** A code can be guessed, so it dies of wrong guesses; the link beside it cannot, and lives on. */
export const CODE_TRIES = 5;

function codeHash(appId: string, email: string, code: string, keyVersion?: number): Digest {
  return hmacSha256(deriveKey("one-time-code", appId, keyVersion), `${email}/${code}`);
}

/** The secret and its row, for callers that write several things in one batch. */
export function newOneTime<P extends Purpose>(appId: string, issue: NewOneTime<P>): IssuedOneTime {
  const secret = randomSecret();
  const code = issue.withCode ? String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0") : null;
  const expiresAt = inSeconds(issue.ttlSeconds);
  const row = {
    appId,
    id: newId("ott"),
    purpose: issue.purpose,
    secretHash: sha256(secret),
    codeHash: code && issue.email ? codeHash(appId, issue.email, code) : null,
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

const FIELDS = { id: true, userId: true, email: true, payload: true, createdAt: true, expiresAt: true } as const;

export type Consumed<P extends Purpose> =
  | { status: "ok"; token: OneTime<P> }
  | { status: "reused" | "expired" | "unknown" };

type Missed = Exclude<Consumed<Purpose>, { status: "ok" }>;

async function whyNot(tx: Tx, appId: string, purpose: Purpose, secret: string): Promise<Missed> {
  const row = await tx.oneTimeToken.findUnique({
    where: { appId_secretHash: { appId, secretHash: sha256(secret) }, purpose },
    select: { consumedAt: true },
  });
  // "Used" is asked before "expired", so that a replay is seen as one.
  if (!row) return { status: "unknown" };
  return { status: row.consumedAt ? "reused" : "expired" };
}

/**
 * Uses a secret up: `ok` for one caller only. Pass the transaction of what it is good for, so that a failure there leaves the secret unused.
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
    select: FIELDS,
  });
  return token ? { status: "ok", token: token as OneTime<P> } : whyNot(tx, appId, purpose, secret);
}

/** Looks without using it up, for the page that asks "shall we?". */
export async function peekOneTime<P extends Purpose>(appId: string, purpose: P, secret: string): Promise<Consumed<P>> {
  const token = await db().oneTimeToken.findUnique({
    where: {
      appId_secretHash: { appId, secretHash: sha256(secret) },
      purpose,
      consumedAt: null,
      expiresAt: { gt: now() },
    },
    select: FIELDS,
  });
  return token ? { status: "ok", token: token as OneTime<P> } : whyNot(db(), appId, purpose, secret);
}

/**
 * Counts a try of a 6-digit code against every live token of the address, before it is compared. → the id of the one it belongs to. Outside of
 * any transaction on purpose: a try must stay counted, whatever fails afterwards.
 */
export async function tryCode(appId: string, purpose: Purpose, email: string, code: string): Promise<string | null> {
  const tried = await db().oneTimeToken.updateManyAndReturn({
    where: {
      appId,
      purpose,
      email,
      codeHash: { not: null },
      consumedAt: null,
      expiresAt: { gt: now() },
      attempts: { lt: CODE_TRIES },
    },
    data: { attempts: { increment: 1 } },
    select: { id: true, codeHash: true },
  });
  const hashes = keyVersions().map((version) => codeHash(appId, email, code, version));
  return tried.find(({ codeHash: own }) => own && hashes.some((hash) => equalBytes(own, hash)))?.id ?? null;
}

/** Uses up the token that tryCode found; null when somebody else was first. */
export async function consumeTriedCode<P extends Purpose>(
  tx: Tx,
  appId: string,
  purpose: P,
  id: string,
): Promise<OneTime<P> | null> {
  const [token] = await tx.oneTimeToken.updateManyAndReturn({
    where: { appId, id, purpose, consumedAt: null, expiresAt: { gt: now() } },
    data: { consumedAt: now() },
    select: FIELDS,
  });
  return (token as OneTime<P> | undefined) ?? null;
}

/** What was issued before is worth nothing any more: the password was changed, the address moved. */
export async function deleteOneTimes(
  tx: Tx,
  appId: string,
  of: { userId?: string; email?: string; purposes: Purpose[] },
): Promise<void> {
  const { userId, email, purposes } = of;
  await tx.oneTimeToken.deleteMany({ where: { appId, userId, email, purpose: { in: purposes }, consumedAt: null } });
}

/** Nobody has the address any more. What was issued before its reader was known goes here, used or not; all the rest goes with the user. */
export async function deleteOneTimesTo(tx: Tx, appId: string, email: string): Promise<void> {
  const purposes: Purpose[] = ["magic_link", "user_invitation"];
  await tx.oneTimeToken.deleteMany({ where: { appId, email, purpose: { in: purposes } } });
}

/** What waits to be used, the newest first. */
export async function listOneTimes<P extends Purpose>(appId: string, purpose: P): Promise<OneTime<P>[]> {
  const rows = await db().oneTimeToken.findMany({
    where: { appId, purpose, consumedAt: null, expiresAt: { gt: now() } },
    orderBy: { id: "desc" },
    take: 200,
    select: FIELDS,
  });
  return rows as OneTime<P>[];
}

/** Takes one back before it is used. false when there is none. */
export async function deleteOneTime(tx: Tx, appId: string, purpose: Purpose, id: string): Promise<boolean> {
  const { count } = await tx.oneTimeToken.deleteMany({ where: { appId, id, purpose, consumedAt: null } });
  return count === 1;
}
