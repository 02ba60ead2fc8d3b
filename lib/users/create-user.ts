/**
 * Creates a user for an app's owner, or for its backend with an API key. Sign-up:
 * lib/signin/sign-up.ts.
 */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { listClaims } from "../claims/claim";
import { requireFittingClaims } from "../claims/fit";
import { now } from "../clock";
import { isUniqueViolation, type Prisma, transaction } from "../database/client";
import { newId } from "../ids";
import type { CreateUserInput } from "./inputs";
import { newPasswordColumns } from "./new-password";
import { failUserTaken, userColumns } from "./user-columns";
import { FULL_USER_FIELDS, managedUserView } from "./user-views";

/** @throws 400 that names the field; 409 `email_taken`, `external_id_taken` */
export async function createUser(app: App, input: CreateUserInput, by: Actor) {
  const at = now();
  const data: Prisma.UserUncheckedCreateInput = {
    appId: app.id,
    id: newId("usr"),
    ...userColumns(input),
    ...(input.password !== undefined &&
      (await newPasswordColumns(app, { password: input.password, email: input.email.email }))),
    emailVerifiedAt: input.email_verified ? at : null,
    disabledAt: input.disabled ? at : null,
    createdAt: at,
  };
  const claims = await listClaims(app.id);
  try {
    return await transaction(async (tx) => {
      const user = await tx.user.create({ data, select: FULL_USER_FIELDS });
      requireFittingClaims(claims, user, Object.keys(input));
      await recordEvent(tx, app.id, { type: "user.created", actor: by, userId: user.id });
      return managedUserView(user);
    });
  } catch (error) {
    if (isUniqueViolation(error)) return failUserTaken(app.id, input, error);
    throw error;
  }
}
