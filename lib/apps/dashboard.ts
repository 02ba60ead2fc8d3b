/** What the dashboard shows of Apps. */
import { nowMs } from "../clock";
import { db, prepared } from "../database/client";
import { TENANT_ZERO } from "../ids";

/** The Apps a developer may see, with the role; newest first. */
export async function listAppsOf(developerId: string) {
  const rows = await db().appMember.findMany({
    where: { userId: developerId, developerAppId: TENANT_ZERO },
    orderBy: { app: { createdAt: "desc" } },
    select: { role: true, app: { select: { id: true, name: true, createdAt: true, disabledAt: true } } },
  });
  return rows.map(({ role, app }) => ({ ...app, role }));
}

/** Counting millions takes long and tells nobody more than "many". */
export const MANY_USERS = 10_000;

/** How many users an App has, up to MANY_USERS. */
export async function countUsers(appId: string): Promise<number> {
  const [row] = await prepared<{ count: number }>(
    "count-users",
    `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "User" WHERE "appId" = $1 LIMIT ${MANY_USERS}) AS found`,
    [appId],
  );
  return row?.count ?? 0;
}

const COMES_IN = ["user.signed_up", "user.signed_in"];

/** When the App's backend first signed somebody up or in with an API key; null while the quickstart is still waiting for it. */
export async function findFirstRequest(appId: string): Promise<Date | null> {
  const first = await db().auditEvent.findFirst({
    where: { appId, actorType: "key", type: { in: COMES_IN } },
    orderBy: { id: "asc" },
    select: { createdAt: true },
  });
  return first?.createdAt ?? null;
}

const YOUNG_MS = 24 * 3_600_000;

/** Whether nobody came in before yesterday, by whatever door: then there is more to be built than to be seen. */
export async function isYoung(appId: string): Promise<boolean> {
  const firsts = await Promise.all(
    COMES_IN.map((type) =>
      db().auditEvent.findFirst({ where: { appId, type }, orderBy: { id: "asc" }, select: { createdAt: true } }),
    ),
  );
  return firsts.every((first) => !first || nowMs() - first.createdAt.getTime() < YOUNG_MS);
}

/** The API keys that may be used. */
export async function listLiveKeys(appId: string) {
  return db().apiKey.findMany({
    where: { appId, revokedAt: null },
    orderBy: { id: "desc" },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  });
}

/** Whether somebody who may do everything is known to be reached by mail. */
export async function hasVerifiedOwner(appId: string): Promise<boolean> {
  const where = { appId, role: "owner" as const, user: { emailVerifiedAt: { not: null } } };
  return (await db().appMember.findFirst({ where, select: { userId: true } })) !== null;
}
