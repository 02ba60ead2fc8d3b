/**
 * Sign-in with a social provider: the user that a provider's identity belongs to, or a new user.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER, recordEvent } from "../audit/events";
import { now } from "../clock";
import type { Tx } from "../database/client";
import { fail } from "../errors";
import { newId } from "../ids";
import type { Connection } from "../social/connections";
import { decideSocial, type SocialFacts } from "../social/decide";
import { addIdentity, findIdentity, holdIdentity, noteIdentity } from "../social/identities";
import type { SocialProfile } from "../social/profile";
import { profileColumns } from "../users/profile";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { claimAndNotify } from "./claim-account";
import type { Proof } from "./complete";

/** RFC 8176 has no value for federated sign-in; Microsoft and others use `fed`. */
const SOCIAL_AMR = ["fed"];

/**
 * Locks the user until the transaction ends, so that the email address is not verified or claimed
 * meanwhile.
 */
async function lockUserByEmail(tx: Tx, appId: string, { email }: SocialProfile): Promise<UserSummary | null> {
  if (!email) return null;
  const key = { appId_emailCanonical: { appId, emailCanonical: email.canonical } };
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "appId" = ${appId} AND "emailCanonical" = ${email.canonical} FOR NO KEY UPDATE`;
  return tx.user.findUnique({ where: key, select: USER_FIELDS });
}

function getUser(tx: Tx, appId: string, id: string): Promise<UserSummary> {
  return tx.user.findUniqueOrThrow({ where: { appId_id: { appId, id } }, select: USER_FIELDS });
}

/** null if another user has taken the email address meanwhile. */
async function insertUser(
  tx: Tx,
  appId: string,
  { connection }: Connection,
  profile: SocialProfile,
): Promise<UserSummary | null> {
  const row = {
    ...profileColumns(profile.claims),
    appId,
    id: newId("usr"),
    email: profile.email?.email ?? null,
    emailCanonical: profile.email?.canonical ?? null,
    emailVerifiedAt: profile.emailVerified ? now() : null,
    createdAt: now(),
  };
  const [user] = await tx.user.createManyAndReturn({ data: [row], skipDuplicates: true, select: USER_FIELDS });
  if (!user) return null;
  await recordEvent(tx, appId, {
    type: "user.signed_up",
    actor: ANONYMOUS_USER,
    userId: user.id,
    explanation: { method: connection },
  });
  return user;
}

/**
 * Marks the email address as verified once the provider has verified it. Not for a user with a
 * password, which another person may have set.
 */
async function copyVerification(tx: Tx, appId: string, userId: string, { email, emailVerified }: SocialProfile) {
  if (!email || !emailVerified) return;
  await tx.user.updateMany({
    where: { appId, id: userId, emailCanonical: email.canonical, emailVerifiedAt: null, passwordHash: null },
    data: { emailVerifiedAt: now(), updatedAt: now() },
  });
}

interface SocialUser {
  profile: SocialProfile;
  /** Whether a user has this identity. */
  known: boolean;
  /** The user with this email address. */
  holder: UserSummary | null;
}

export function socialFacts(
  { settings }: App,
  { label }: Connection,
  { profile, known, holder }: SocialUser,
): SocialFacts {
  return { profile, known, holder: holder && { verified: holder.emailVerifiedAt !== null }, settings, label };
}

async function findOrCreateUser(
  tx: Tx,
  app: App,
  connection: Connection,
  profile: SocialProfile,
): Promise<UserSummary> {
  await holdIdentity(tx, app.id, profile);
  const known = await findIdentity(tx, app.id, profile);
  const holder = known ? null : await lockUserByEmail(tx, app.id, profile);
  const decision = decideSocial(socialFacts(app, connection, { profile, known: known !== null, holder }));
  if (decision.type === "refuse") fail(403, decision.code, decision.description);
  if (known) {
    await noteIdentity(tx, known.id, connection, profile);
    await copyVerification(tx, app.id, known.userId, profile);
    return getUser(tx, app.id, known.userId);
  }
  let user = holder;
  if (holder && decision.type === "take_over") user = await claimAndNotify(tx, app, holder, ANONYMOUS_USER);
  user ??= await insertUser(tx, app.id, connection, profile);
  // Another request has just created a user with this email address, who is the holder now.
  if (!user) return findOrCreateUser(tx, app, connection, profile);
  await addIdentity(tx, connection, user.id, profile, ANONYMOUS_USER);
  return user;
}

/** @throws 403 if the app or the state of the account doesn't allow this sign-in */
export function socialProof(app: App, connection: Connection, profile: SocialProfile): Proof {
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => ({
      user: await findOrCreateUser(tx, app, connection, profile),
      method: connection.connection,
      amr: SOCIAL_AMR,
    }),
  };
}
