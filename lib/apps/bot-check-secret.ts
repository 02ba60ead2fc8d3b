/** The secret of an app's bot check (Turnstile, hCaptcha). It can be replaced, but never read back. */
import type { SealedValue } from "../crypto/reseal";
import { type SealContext, seal, unseal } from "../crypto/seal";
import { db } from "../database/client";

export const BOT_CHECK_SECRET_LENGTH = 200;

function sealContext(appId: string): SealContext {
  return { appId, location: "App/botCheckSecret" };
}

export function sealBotCheckSecret(appId: string, secret: string): string {
  return seal(secret, sealContext(appId));
}

async function findSealed(appId: string): Promise<string | null> {
  const row = await db().app.findUnique({ where: { id: appId }, select: { botCheckSecret: true } });
  return row?.botCheckSecret ?? null;
}

export async function hasBotCheckSecret(appId: string): Promise<boolean> {
  return (await findSealed(appId)) !== null;
}

/** @throws Error if the master key that sealed it is missing */
export async function openBotCheckSecret(appId: string): Promise<string | null> {
  const sealed = await findSealed(appId);
  return sealed === null ? null : unseal(sealed, sealContext(appId));
}

/** For lib/operations/reseal.ts. */
export async function* sealedBotCheckSecrets(): AsyncGenerator<SealedValue> {
  const rows = await db().app.findMany({
    where: { botCheckSecret: { not: null } },
    select: { id: true, botCheckSecret: true },
  });
  for (const { id, botCheckSecret } of rows) {
    if (!botCheckSecret) continue;
    // Not if the secret has been replaced meanwhile.
    const replace = (fresh: string) =>
      db().app.updateMany({ where: { id, botCheckSecret }, data: { botCheckSecret: fresh } });
    yield { sealed: botCheckSecret, context: sealContext(id), replace };
  }
}
