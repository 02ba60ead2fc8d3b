/** The first sign-up or sign-in of an app, which decides between quickstart and statistics. */
import { nowMs } from "../clock";
import { db } from "../database/client";

const SIGN_IN_TYPES = ["user.signed_up", "user.signed_in"];

/**
 * When the app's backend first signed a user up or in with an API key; null until then. The
 * quickstart waits for it.
 */
export async function findFirstSignInByKey(appId: string): Promise<Date | null> {
  const first = await db().auditEvent.findFirst({
    where: { appId, actorType: "key", type: { in: SIGN_IN_TYPES } },
    orderBy: { id: "asc" },
    select: { createdAt: true },
  });
  return first?.createdAt ?? null;
}

const NEW_APP_MS = 24 * 3_600_000;

/**
 * Whether the app's first sign-up and sign-in are less than a day old, if there are any. Then the
 * quickstart is shown.
 */
export async function isNewApp(appId: string): Promise<boolean> {
  const firsts = await Promise.all(
    SIGN_IN_TYPES.map((type) =>
      db().auditEvent.findFirst({ where: { appId, type }, orderBy: { id: "asc" }, select: { createdAt: true } }),
    ),
  );
  return firsts.every((first) => !first || nowMs() - first.createdAt.getTime() < NEW_APP_MS);
}
