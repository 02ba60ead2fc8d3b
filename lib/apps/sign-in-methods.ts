/** The sign-in methods of an app, of which at least one must stay enabled. */
import type { Tx } from "../database/client";
import { fail } from "../errors";
import { AppSettings } from "./settings";

/** Whether a user can sign in with an email: a magic link or a code. */
export function hasEmailMethod({ methods }: AppSettings): boolean {
  return methods.magic_link || methods.email_code;
}

/**
 * Call it in the transaction that disables a method, after the change.
 * @throws 409 `no_sign_in_method` if users could no longer sign in
 */
export async function requireSignInMethod(tx: Tx, appId: string): Promise<void> {
  // Locks the app, so that two parallel changes can't disable the last two methods.
  const [app] = await tx.$queryRaw<{ settings: unknown }[]>`
    SELECT "settings" FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
  const { methods, passkeys } = AppSettings.parse(app?.settings ?? {});
  if (passkeys || Object.values(methods).includes(true)) return;
  if ((await tx.oAuthConfig.count({ where: { appId, enabled: true } })) > 0) return;
  fail(
    409,
    "no_sign_in_method",
    `An app needs a sign-in method. Keep at least one of these enabled: ${Object.keys(methods)
      .map((name) => `methods.${name}`)
      .join(", ")}, passkeys, or a connection to a sign-in provider.`,
  );
}
