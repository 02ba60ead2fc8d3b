/** A user closes their own account: they and everything that hangs on them are gone; the audit trail stays. */
import type { App } from "../apps/apps";
import { leaveEveryApp } from "../apps/members";
import { transaction } from "../database/client";
import { TENANT_ZERO } from "../ids";
import { deleteUserIn } from "../users/delete-user";
import { type CurrentUser, reauthenticate } from "./reauthenticate";

/** `password` is not asked of who has none. 409 `last_owner` for a developer without whom an App would have no owner. */
export async function deleteAccount(app: App, self: CurrentUser, password: string | undefined): Promise<void> {
  const { id } = await reauthenticate(app, self, password, "password");
  const by = { type: "user", id } as const;
  await transaction(async (tx) => {
    if (app.id === TENANT_ZERO) await leaveEveryApp(tx, id, by);
    await deleteUserIn(tx, app.id, id, by);
  });
}
