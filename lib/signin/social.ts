/** A provider says who somebody is: which user that is, or becomes. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
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
import { claimAccount } from "./claim-account";
import type { Proof } from "./complete";

/** RFC 8176 has no word for it; Microsoft's and others' is `fed`. */
const SOCIAL_AMR = ["fed"];

/** The user that is about to act is not known yet. */
const SOMEBODY: Actor = { type: "user" };

/** The user of the address, held until the transaction ends: nobody verifies or takes it over meanwhile. */
async function holdByAddress(tx: Tx, appId: string, { email }: SocialProfile): Promise<UserSummary | null> {
  if (!email) return null;
  const key = { appId_emailCanonical: { appId, emailCanonical: email.canonical } };
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "appId" = ${appId} AND "emailCanonical" = ${email.canonical} FOR NO KEY UPDATE`;
  return tx.user.findUnique({ where: key, select: USER_FIELDS });
}

function getUser(tx: Tx, appId: string, id: string): Promise<UserSummary> {
  return tx.user.findUniqueOrThrow({ where: { appId_id: { appId, id } }, select: USER_FIELDS });
}

/** null when somebody else has just taken the address. */
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
    actor: SOMEBODY,
    userId: user.id,
    explanation: { method: connection },
  });
  return user;
}

/**
 * Their address was unverified here and there, and now it is verified there. Only for a user who has no password: who has one may be somebody
 * else than the one who proves the address now.
 */
async function noteVerified(tx: Tx, appId: string, userId: string, { email, emailVerified }: SocialProfile) {
  if (!email || !emailVerified) return;
  await tx.user.updateMany({
    where: { appId, id: userId, emailCanonical: email.canonical, emailVerifiedAt: null, passwordHash: null },
    data: { emailVerifiedAt: now() },
  });
}

export function decisionFacts(
  { settings }: App,
  { label }: Connection,
  profile: SocialProfile,
  known: boolean,
  holder: UserSummary | null,
): SocialFacts {
  return { profile, known, holder: holder && { verified: holder.emailVerifiedAt !== null }, settings, label };
}

async function admitted(tx: Tx, app: App, connection: Connection, profile: SocialProfile): Promise<UserSummary> {
  await holdIdentity(tx, app.id, profile);
  const known = await findIdentity(tx, app.id, profile);
  const holder = known ? null : await holdByAddress(tx, app.id, profile);
  const decision = decideSocial(decisionFacts(app, connection, profile, known !== null, holder));
  if (decision.type === "refuse") fail(403, decision.code, decision.description);
  if (known) {
    await noteIdentity(tx, known.id, connection, profile);
    await noteVerified(tx, app.id, known.userId, profile);
    return getUser(tx, app.id, known.userId);
  }
  let user = holder;
  if (holder && decision.type === "take_over") user = await claimAccount(tx, app.id, holder.id, SOMEBODY);
  // Whoever took the address a moment ago is its holder now.
  user ??= await insertUser(tx, app.id, connection, profile);
  if (!user) return admitted(tx, app, connection, profile);
  await addIdentity(tx, connection, user.id, profile, SOMEBODY);
  return user;
}

export function socialProof(app: App, connection: Connection, profile: SocialProfile): Proof {
  return {
    user: (tx) => admitted(tx, app, connection, profile),
    method: connection.connection,
    amr: SOCIAL_AMR,
    by: SOMEBODY,
  };
}
