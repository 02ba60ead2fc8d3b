/**
 * Team members of an app: developers (users of tenant zero) with a role. An app always has an
 * owner.
 */
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, isUniqueViolation, type MemberRole, type Tx, transaction } from "../database/client";
import { fail, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";
import { getApp } from "./apps";

export const ROLES = ["viewer", "admin", "owner"] as const satisfies MemberRole[];

/** Whether a role includes another one: owner ⊃ admin ⊃ viewer. */
export function includesRole(has: MemberRole, needed: MemberRole): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needed);
}

/** @throws 404 for a developer who isn't a member, 403 if the member's role is too low */
export async function requireRole(appId: string, developerId: string, needed: MemberRole): Promise<MemberRole> {
  const member = await db().appMember.findUnique({
    where: { appId_userId: { appId, userId: developerId }, user: { disabledAt: null } },
    select: { role: true },
  });
  if (!member) failNotFound("The app");
  if (!includesRole(member.role, needed))
    fail(403, "role_too_low", `This requires the role ${needed}. Yours is ${member.role}.`);
  return member.role;
}

export async function listMembers(appId: string) {
  const rows = await db().appMember.findMany({
    where: { appId },
    orderBy: { createdAt: "asc" },
    select: { userId: true, role: true, createdAt: true, user: { select: { email: true, name: true } } },
  });
  return rows.map((row) => ({
    developer_id: row.userId,
    email: row.user.email,
    name: row.user.name,
    role: row.role,
    created_at: row.createdAt.toISOString(),
  }));
}

/** The apps that a developer is a member of, with the role, newest first. */
export async function listAppsOfDeveloper(developerId: string) {
  const rows = await db().appMember.findMany({
    where: { userId: developerId, developerAppId: TENANT_ZERO },
    orderBy: { app: { createdAt: "desc" } },
    select: { role: true, app: { select: { id: true, name: true, createdAt: true, disabledAt: true } } },
  });
  return rows.map(({ role, app }) => ({ ...app, role }));
}

/** Without one, no owner can recover their account by email. */
export async function hasVerifiedOwner(appId: string): Promise<boolean> {
  const where = { appId, role: "owner" as const, user: { emailVerifiedAt: { not: null } } };
  return (await db().appMember.findFirst({ where, select: { userId: true } })) !== null;
}

export async function addMember(appId: string, developerId: string, role: MemberRole, by: Actor): Promise<void> {
  await getApp(appId);
  try {
    await transaction(async (tx) => {
      await tx.appMember.create({
        data: { appId, developerAppId: TENANT_ZERO, userId: developerId, role, createdAt: now() },
        select: { role: true },
      });
      await recordEvent(tx, appId, memberEvent("member.added", developerId, by, role));
    });
  } catch (error) {
    if (isUniqueViolation(error))
      fail(409, "member_exists", "This developer is already a member. Change the role instead.", { cause: error });
    throw error;
  }
}

function memberEvent(type: string, developerId: string, actor: Actor, role?: MemberRole) {
  return { type, actor, target: { type: "developer", id: developerId }, explanation: role ? { role } : {} };
}

/** Locks the app's row, so that two owners can't leave at once. */
async function requireOwnerRemains(tx: Tx, appId: string, leaving: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
  const others = await tx.appMember.count({ where: { appId, role: "owner", userId: { not: leaving } } });
  if (others === 0) fail(409, "last_owner", "This is the app's only owner. Make another member an owner first.");
}

export async function changeRole(appId: string, developerId: string, role: MemberRole, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    if (role !== "owner") await requireOwnerRemains(tx, appId, developerId);
    const where = { appId, userId: developerId };
    const same = await tx.appMember.findFirst({ where: { ...where, role }, select: { role: true } });
    if (same) return;
    const { count } = await tx.appMember.updateMany({ where, data: { role } });
    if (count === 0) failNotFound("The member");
    await recordEvent(tx, appId, memberEvent("member.role_changed", developerId, by, role));
  });
}

export interface OwnedApp {
  id: string;
  name: string;
}

/** The apps that would have no owner without this developer, by name. */
export function listAppsOwnedAlone(developerId: string, tx: Tx = db()): Promise<OwnedApp[]> {
  return tx.app.findMany({
    where: {
      members: {
        some: { userId: developerId, role: "owner" },
        none: { role: "owner", userId: { not: developerId } },
      },
    },
    orderBy: { name: "asc" },
    select: { id: true, name: true },
  });
}

/**
 * Removes a developer from every team, before the account is deleted.
 * @throws 409 if an app would have no owner
 */
export async function leaveEveryApp(tx: Tx, developerId: string, by: Actor): Promise<void> {
  const memberships = await tx.appMember.findMany({ where: { userId: developerId }, select: { appId: true } });
  const appIds = memberships.map(({ appId }) => appId).sort();
  // Locks the apps in a fixed order, to avoid deadlocks.
  await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ANY(${appIds}) ORDER BY "id" FOR NO KEY UPDATE`;
  const alone = await listAppsOwnedAlone(developerId, tx);
  if (alone.length > 0)
    fail(
      409,
      "last_owner",
      `You are the only owner of ${alone.map(({ name }) => name).join(", ")}. Make another member an owner first, or delete ${alone.length > 1 ? "them" : "it"}.`,
    );
  await tx.appMember.deleteMany({ where: { userId: developerId } });
  for (const appId of appIds) await recordEvent(tx, appId, memberEvent("member.removed", developerId, by));
}

export async function removeMember(appId: string, developerId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    await requireOwnerRemains(tx, appId, developerId);
    const { count } = await tx.appMember.deleteMany({ where: { appId, userId: developerId } });
    if (count === 0) failNotFound("The member");
    await recordEvent(tx, appId, memberEvent("member.removed", developerId, by));
  });
}
