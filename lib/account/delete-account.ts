/** A signed-in user deletes their account. Audit events stay. */
import type { App } from "../apps/apps";
import { leaveEveryApp } from "../apps/members";
import { transaction } from "../database/client";
import { TENANT_ZERO } from "../ids";
import { deleteUserIn } from "../users/delete-user";
import { type CurrentUser, reauthenticate } from "./reauthenticate";

/**
 * @param password absent if the user has none
 * @throws 400 that names the field; 403 `reauthentication_required`; 409 `last_owner` for a
 * developer who is the only owner of an app; 429
 */
export async function deleteAccount(app: App, user: CurrentUser, password: string | undefined): Promise<void> {
  const { id } = await reauthenticate(app, user, password, "password");
  const by = { type: "user", id } as const;
  await transaction(async (tx) => {
    if (app.id === TENANT_ZERO) await leaveEveryApp(tx, id, by);
    await deleteUserIn(tx, app.id, id, by);
  });
}
