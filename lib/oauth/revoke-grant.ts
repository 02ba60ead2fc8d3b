/** Grant revocation: replayed code, reused or revoked token, disconnected client. */
import { randomBytes } from "node:crypto";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { transaction } from "../database/client";
import { failNotFound } from "../errors";

export type GrantRevocationReason = "code_replayed" | "refresh_reused" | "revoked_by_client" | "disconnected";

function revocation(reason: GrantRevocationReason) {
  return { revokedAt: now(), revokedReason: reason, salt: randomBytes(16) };
}

/** Revokes one grant and its tokens. Keeps consent and session. false if it was already revoked. */
export async function revokeGrant(
  appId: string,
  grantId: string,
  reason: GrantRevocationReason,
  by: Actor,
): Promise<boolean> {
  return transaction(async (tx) => {
    const where = { appId, id: grantId };
    const { count } = await tx.grant.updateMany({ where: { ...where, revokedAt: null }, data: revocation(reason) });
    if (count === 0) return false;
    const grant = await tx.grant.findUnique({
      where: { appId_id: where },
      select: { userId: true, clientId: true, sessionId: true },
    });
    await recordEvent(tx, appId, {
      type: "grant.ended",
      outcome: reason === "revoked_by_client" || reason === "disconnected" ? "success" : "failure",
      actor: by,
      userId: grant?.userId,
      clientId: grant?.clientId,
      sessionId: grant?.sessionId ?? undefined,
      target: { type: "grant", id: grantId },
      reason,
    });
    return true;
  });
}

/** Deletes consent and unused codes, revokes grants. false without any consent or active grant. */
export async function disconnectClient(appId: string, userId: string, clientId: string, by: Actor): Promise<boolean> {
  return transaction(async (tx) => {
    const consents = await tx.consent.deleteMany({ where: { appId, userId, clientId } });
    // Codes first: the deletion waits for an exchange under way, whose grant is then revoked too.
    await tx.authorizationCode.deleteMany({ where: { appId, userId, clientId, consumedAt: null } });
    await tx.deviceCode.deleteMany({ where: { appId, userId, clientId, consumedAt: null } });
    const grants = await tx.grant.updateMany({
      where: { appId, userId, clientId, revokedAt: null },
      data: revocation("disconnected"),
    });
    if (consents.count + grants.count === 0) return false;
    await recordEvent(tx, appId, {
      type: "client.disconnected",
      actor: by,
      userId,
      clientId,
      target: { type: "client", id: clientId },
    });
    return true;
  });
}

/** Disconnects a client on behalf of the app's backend. 404 if it was not connected. */
export async function disconnectClientOfUser(
  appId: string,
  userId: string,
  clientId: string,
  by: Actor,
): Promise<void> {
  if (!(await disconnectClient(appId, userId, clientId, by))) failNotFound("The connected application");
}
