/** Developers: the users of the dashboard's own app (tenant zero), who own apps. */

import { getApp } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, isUniqueViolation, transaction } from "../database/client";
import { fail } from "../errors";
import { newId, TENANT_ZERO } from "../ids";
import type { EmailAddress } from "./email";
import { newPasswordColumns } from "./new-password";
import { updateUser } from "./update-user";

export async function createDeveloper(input: { email: EmailAddress; password: string; by: Actor }) {
  const foyer = await getApp(TENANT_ZERO);
  const at = now();
  const user = {
    appId: TENANT_ZERO,
    id: newId("usr"),
    email: input.email.email,
    emailCanonical: input.email.canonical,
    ...(await newPasswordColumns(foyer, { password: input.password, email: input.email.email })),
    createdAt: at,
  };
  try {
    await transaction(async (tx) => {
      await tx.user.create({ data: user, select: { id: true } });
      await recordEvent(tx, TENANT_ZERO, { type: "user.created", actor: input.by, userId: user.id });
    });
  } catch (error) {
    if (isUniqueViolation(error))
      fail(409, "email_taken", "A developer with this email address already exists.", { cause: error });
    throw error;
  }
  return { developer_id: user.id, email: user.email };
}

export async function getDeveloper(email: EmailAddress): Promise<{ id: string }> {
  const key = { appId: TENANT_ZERO, emailCanonical: email.canonical };
  const found = await db().user.findUnique({ where: { appId_emailCanonical: key }, select: { id: true } });
  if (found) return found;
  return fail(
    404,
    "not_found",
    "No developer has this email address. Check the address, or create the developer first.",
  );
}

/**
 * For the operator, who helps a developer without email delivery. Revokes all sessions of the
 * developer.
 */
export async function setDeveloperPassword(input: {
  email: EmailAddress;
  password: string;
  by: Actor;
}): Promise<{ developer_id: string }> {
  const [foyer, { id }] = await Promise.all([getApp(TENANT_ZERO), getDeveloper(input.email)]);
  await updateUser(foyer, id, { password: input.password }, input.by);
  return { developer_id: id };
}

/** Whether the developer is the first one of this installation, who decides who else can sign up. */
export async function isFirstDeveloper(developerId: string): Promise<boolean> {
  const first = await db().user.findFirst({
    where: { appId: TENANT_ZERO },
    // An ID sorts by time.
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return first?.id === developerId;
}
