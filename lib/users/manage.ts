/** What an App's owner, or its backend with the API key, does with users. */

import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, isUniqueViolation, type Prisma, type Tx, transaction } from "../database/client";
import { fail, failInput, failNotFound } from "../errors";
import { newId } from "../ids";
import { deleteEmailsTo } from "../mail/mailbox";
import { forgetOneTimesTo } from "../one-time/one-time";
import { revokeAllSessions } from "../sessions/revoke";
import { parseEmail } from "./email";
import type { CreateUserInput, UpdateUserInput } from "./inputs";
import { hashPassword } from "./password-hashing";
import { passwordProblem } from "./password-policy";
import { dropLinksToOldAddress, dropPendingLinks } from "./pending-links";
import { profileColumns } from "./profile";
import { FULL_USER_FIELDS, type FullUser, managedAnswer } from "./users";

export async function getUser(appId: string, userId: string): Promise<FullUser> {
  const where = { appId_id: { appId, id: userId } };
  return (await db().user.findUnique({ where, select: FULL_USER_FIELDS })) ?? failNotFound("The user");
}

async function newPasswordColumns(app: App, password: string | null | undefined) {
  if (password === undefined) return {};
  if (password === null) return { passwordHash: null, passwordChangedAt: now() };
  const problem = passwordProblem(password, app.settings.password_minimum_bytes);
  if (problem) failInput({ password: problem });
  return { passwordHash: await hashPassword(password), passwordChangedAt: now() };
}

/** The columns that creating and changing have in common; what was not said stays as it is. */
function sharedColumns(input: UpdateUserInput) {
  const { metadata, public_metadata: publicMetadata, external_id: externalId } = input;
  return {
    ...profileColumns(input),
    ...(metadata && { metadata: metadata as Prisma.InputJsonObject }),
    ...(publicMetadata && { publicMetadata: publicMetadata as Prisma.InputJsonObject }),
    ...(externalId !== undefined && { externalId }),
    ...(input.email && { email: input.email.email, emailCanonical: input.email.canonical }),
  };
}

/** Which of the two unique things was taken: asked of the database, since its error does not say it the same way everywhere. */
async function failTaken(appId: string, input: UpdateUserInput, cause: unknown): Promise<never> {
  const where = { appId, externalId: input.external_id ?? "" };
  if (input.external_id && (await db().user.findFirst({ where, select: { id: true } }))) {
    fail(409, "external_id_taken", "A user with this external_id exists already.", { cause });
  }
  fail(409, "email_taken", "A user with this e-mail address exists already.", { cause });
}

export async function createUser(app: App, input: CreateUserInput, by: Actor) {
  const at = now();
  const user: Prisma.UserUncheckedCreateInput = {
    appId: app.id,
    id: newId("usr"),
    ...sharedColumns(input),
    ...(await newPasswordColumns(app, input.password)),
    emailVerifiedAt: input.email_verified ? at : null,
    disabledAt: input.disabled ? at : null,
    createdAt: at,
  };
  try {
    const made = await transaction(async (tx) => {
      const row = await tx.user.create({ data: user, select: FULL_USER_FIELDS });
      await recordEvent(tx, app.id, { type: "user.created", actor: by, userId: row.id });
      return row;
    });
    return managedAnswer(made);
  } catch (error) {
    if (isUniqueViolation(error)) return failTaken(app.id, input, error);
    throw error;
  }
}

function hasMoved(before: FullUser, input: UpdateUserInput): boolean {
  return input.email !== undefined && input.email.email !== before.email;
}

/** A new address is unverified unless the caller vouches for it; said alone, `email_verified` sets or clears the mark. */
function verificationColumn(before: FullUser, input: UpdateUserInput) {
  const moved = hasMoved(before, input);
  const verified = input.email_verified ?? (moved ? false : undefined);
  if (verified === undefined) return {};
  return { emailVerifiedAt: verified ? (moved ? now() : (before.emailVerifiedAt ?? now())) : null };
}

/** A new password, or being disabled, ends whatever was signed in before. */
async function endSessionsAfter(tx: Tx, appId: string, userId: string, input: UpdateUserInput): Promise<void> {
  if (input.disabled) await revokeAllSessions(tx, appId, userId, "user_disabled");
  else if (input.password !== undefined) await revokeAllSessions(tx, appId, userId, "password_changed");
}

/** A new password or another address makes worthless what was mailed before. */
async function dropLinksAfter(tx: Tx, appId: string, before: FullUser, input: UpdateUserInput): Promise<void> {
  const emailCanonical = before.email && (parseEmail(before.email)?.canonical ?? null);
  const owner = { id: before.id, emailCanonical };
  if (hasMoved(before, input)) await dropLinksToOldAddress(tx, appId, owner);
  else if (input.password !== undefined) await dropPendingLinks(tx, appId, owner);
}

export async function updateUser(app: App, userId: string, input: UpdateUserInput, by: Actor) {
  const before = await getUser(app.id, userId);
  const changes = {
    ...sharedColumns(input),
    ...(await newPasswordColumns(app, input.password)),
    ...verificationColumn(before, input),
    ...(input.disabled !== undefined && { disabledAt: input.disabled ? (before.disabledAt ?? now()) : null }),
  };
  const changed = Object.keys(input).filter((key) => input[key as keyof UpdateUserInput] !== undefined);
  if (changed.length === 0) return managedAnswer(before);
  try {
    const after = await transaction(async (tx) => {
      const { count } = await tx.user.updateMany({
        where: { appId: app.id, id: userId },
        data: { ...changes, updatedAt: now() },
      });
      if (count === 0) failNotFound("The user");
      await endSessionsAfter(tx, app.id, userId, input);
      await dropLinksAfter(tx, app.id, before, input);
      await recordEvent(tx, app.id, { type: "user.updated", actor: by, userId, explanation: { changed } });
      return tx.user.findUniqueOrThrow({
        where: { appId_id: { appId: app.id, id: userId } },
        select: FULL_USER_FIELDS,
      });
    });
    return managedAnswer(after);
  } catch (error) {
    if (isUniqueViolation(error)) return failTaken(app.id, input, error);
    throw error;
  }
}

/** The user and everything that hangs on them (the foreign keys cascade), and what was mailed to them; the audit trail stays. */
export async function removeUser(tx: Tx, appId: string, userId: string, by: Actor): Promise<void> {
  const [user] = await tx.user.findMany({ where: { appId, id: userId }, select: { emailCanonical: true } });
  const { count } = await tx.user.deleteMany({ where: { appId, id: userId } });
  if (!user || count === 0) failNotFound("The user");
  await deleteEmailsTo(tx, appId, { userId, canonical: user.emailCanonical });
  if (user.emailCanonical) await forgetOneTimesTo(tx, appId, user.emailCanonical);
  await recordEvent(tx, appId, { type: "user.deleted", actor: by, userId, target: { type: "user", id: userId } });
}

export function deleteUser(appId: string, userId: string, by: Actor): Promise<void> {
  return transaction((tx) => removeUser(tx, appId, userId, by));
}
