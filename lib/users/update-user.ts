/** Updates a user for an app's owner, or for its backend with an API key. */
import { isDeepStrictEqual } from "node:util";
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { listClaims } from "../claims/claim";
import { requireFittingClaims } from "../claims/fit";
import { now } from "../clock";
import { isUniqueViolation, Prisma, type Tx, transaction } from "../database/client";
import { failNotFound } from "../errors";
import { revokeAllSessions } from "../sessions/revoke";
import { parseEmail } from "./email";
import { getUser } from "./get-user";
import type { UpdateUserInput } from "./inputs";
import { newPasswordColumns } from "./new-password";
import { deleteLinksToOldEmail, deletePendingLinks } from "./pending-links";
import { failUserTaken, userColumns } from "./user-columns";
import { FULL_USER_FIELDS, type FullUser, managedUserView } from "./user-views";

/** null removes the password. */
async function passwordColumns(app: App, password: string | null | undefined, email: string | null) {
  if (password === undefined) return {};
  if (password === null) return { passwordHash: null, passwordChangedAt: now() };
  return newPasswordColumns(app, { password, email });
}

function hasNewEmail(before: FullUser, input: UpdateUserInput): boolean {
  return input.email !== undefined && input.email.email !== before.email;
}

/** A new email address is unverified, unless `email_verified` says otherwise. */
function verificationColumn(before: FullUser, input: UpdateUserInput) {
  const newEmail = hasNewEmail(before, input);
  const verified = input.email_verified ?? (newEmail ? false : undefined);
  if (verified === undefined) return {};
  return { emailVerifiedAt: verified ? (newEmail ? now() : (before.emailVerifiedAt ?? now())) : null };
}

/** Disabling the user or setting a password signs the user out everywhere. */
async function revokeSessionsAfter(tx: Tx, appId: string, userId: string, input: UpdateUserInput): Promise<void> {
  if (input.disabled) await revokeAllSessions(tx, appId, userId, "user_disabled");
  else if (input.password !== undefined) await revokeAllSessions(tx, appId, userId, "password_changed");
}

/** A new password or email address invalidates the links that were emailed before. */
async function deleteLinksAfter(tx: Tx, appId: string, before: FullUser, input: UpdateUserInput): Promise<void> {
  const emailCanonical = before.email && (parseEmail(before.email)?.canonical ?? null);
  const owner = { id: before.id, emailCanonical };
  if (hasNewEmail(before, input)) await deleteLinksToOldEmail(tx, appId, owner);
  else if (input.password !== undefined) await deletePendingLinks(tx, appId, owner);
}

/** Passwords and the status are no part of the profile. */
function isProfileChanged(before: FullUser, profile: object): boolean {
  const shown = (value: unknown) => (value === Prisma.DbNull ? null : value);
  return Object.entries(profile).some(
    ([column, value]) => column in before && !isDeepStrictEqual(shown(value), before[column as keyof FullUser]),
  );
}

/** A password is always a change: it signs the user out. */
function isChanged(before: FullUser, input: UpdateUserInput, field: keyof UpdateUserInput): boolean {
  if (input[field] === undefined) return false;
  if (field === "password") return true;
  if (field === "disabled") return input.disabled !== (before.disabledAt !== null);
  if (field === "email_verified") return input.email_verified !== (before.emailVerifiedAt !== null);
  // Whether a number is verified depends on the number.
  const { phone_number } = field === "phone_number_verified" ? input : {};
  return isProfileChanged(before, userColumns({ phone_number, [field]: input[field] }, before));
}

export async function updateUser(app: App, userId: string, input: UpdateUserInput, by: Actor) {
  const before = await getUser(app.id, userId);
  const profile = { ...userColumns(input, before), ...verificationColumn(before, input) };
  const changes = {
    ...profile,
    ...(isProfileChanged(before, profile) && { updatedAt: now() }),
    ...(await passwordColumns(app, input.password, input.email?.email ?? before.email)),
    ...(input.disabled !== undefined && { disabledAt: input.disabled ? (before.disabledAt ?? now()) : null }),
  };
  const changed = (Object.keys(input) as (keyof UpdateUserInput)[]).filter((field) => isChanged(before, input, field));
  if (changed.length === 0) return managedUserView(before);
  // Read before the transaction, which must not wait for a second connection.
  const claims = await listClaims(app.id);
  try {
    const after = await transaction(async (tx) => {
      const { count } = await tx.user.updateMany({
        where: { appId: app.id, id: userId },
        data: changes,
      });
      if (count === 0) failNotFound("The user");
      await revokeSessionsAfter(tx, app.id, userId, input);
      await deleteLinksAfter(tx, app.id, before, input);
      await recordEvent(tx, app.id, { type: "user.updated", actor: by, userId, explanation: { changed } });
      const where = { appId_id: { appId: app.id, id: userId } };
      const stored = await tx.user.findUniqueOrThrow({ where, select: FULL_USER_FIELDS });
      requireFittingClaims(claims, stored, changed);
      return stored;
    });
    return managedUserView(after);
  } catch (error) {
    if (isUniqueViolation(error)) return failUserTaken(app.id, input, error);
    throw error;
  }
}
