/** A user closes their own account: they and everything that hangs on them are gone; the audit trail stays. */
import type { App } from "../apps/apps";
import { deleteUser } from "../users/manage";
import { reauthenticate, type Self } from "./reauthenticate";

/** `password` is not asked of who has none. */
export async function closeAccount(app: App, self: Self, password: string | undefined): Promise<void> {
  const { id } = await reauthenticate(app, self, password, "password");
  await deleteUser(app.id, id, { type: "user", id });
}
