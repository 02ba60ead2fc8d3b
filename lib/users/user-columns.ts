/** The columns of a user that creating and updating write, and the conflicts of the unique ones. */
import { db, Prisma } from "../database/client";
import { fail } from "../errors";
import { contactColumns } from "./contact";
import type { UpdateUserInput } from "./inputs";
import { profileColumns } from "./profile";

/** Fields that the input leaves out stay as they are. `before`: the user that is updated. */
export function userColumns(input: UpdateUserInput, before?: { phoneNumber: string | null }) {
  const { address, ...phone } = contactColumns(input, before);
  const { metadata, public_metadata: publicMetadata, external_id: externalId } = input;
  return {
    ...profileColumns(input),
    ...phone,
    ...(address !== undefined && { address: address ?? Prisma.DbNull }),
    ...(metadata && { metadata: metadata as Prisma.InputJsonObject }),
    ...(publicMetadata && { publicMetadata: publicMetadata as Prisma.InputJsonObject }),
    ...(externalId !== undefined && { externalId }),
    ...(input.email && { email: input.email.email, emailCanonical: input.email.canonical }),
  };
}

/**
 * 409 for the unique column that another user has. A query finds out which, since the database's
 * error doesn't always say.
 */
export async function failUserTaken(appId: string, input: UpdateUserInput, cause: unknown): Promise<never> {
  const where = { appId, externalId: input.external_id ?? "" };
  if (input.external_id && (await db().user.findFirst({ where, select: { id: true } }))) {
    fail(409, "external_id_taken", "A user with this external_id already exists.", { cause });
  }
  fail(409, "email_taken", "A user with this email address already exists.", { cause });
}
