/** Passkeys that no longer work, because PUBLIC_URL or an app's RP ID changed: part of `foyer doctor`. */
import { db } from "../database/client";
import { env } from "../env";

interface Orphans {
  passkeys: number;
  apps: number;
  rpId: string;
}

export async function checkPasskeys(): Promise<{ status: "ok" | "warning"; message: string }> {
  const host = new URL(env().PUBLIC_URL).hostname;
  const [found] = await db().$queryRaw<Orphans[]>`
    SELECT count(*)::int AS "passkeys", count(DISTINCT f."appId")::int AS "apps", min(f."rpId") AS "rpId"
    FROM "Factor" f JOIN "App" a ON a."id" = f."appId"
    WHERE f."type" = 'passkey' AND f."rpId" <> coalesce(a."settings"->>'passkey_rp_id', ${host})`;
  const { passkeys = 0, apps = 0, rpId = "" } = found ?? {};
  if (passkeys === 0) return { status: "ok", message: `passkeys belong to ${host}, or to the domain of their app` };
  const which = passkeys === 1 ? "1 passkey" : `${passkeys} passkeys`;
  return {
    status: "warning",
    message: `${which} of ${apps === 1 ? "1 app" : `${apps} apps`} can't be used: created for another domain, such as ${rpId}. Passkeys never move. Change PUBLIC_URL (or the app's passkey_rp_id) back, or let the users add new passkeys.`,
  };
}
