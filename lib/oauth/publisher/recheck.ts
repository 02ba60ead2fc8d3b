/**
 * Repeats the check of verified publishers once a day. A domain that can't be proven for a week is no
 * longer verified: it may have another owner.
 */
import { recordEvent } from "../../audit/events";
import { now } from "../../clock";
import { pool, transaction } from "../../database/client";
import { findProof, provenBy } from "./proof";

const DAY_MS = 86_400_000;
const TOLERATED_MS = 7 * DAY_MS;
/** Checked at the same time, so that slow domains don't delay the other background tasks. */
const PER_TICK = 10;

interface Due {
  appId: string;
  clientId: string;
  domain: string;
  token: string;
  failingSince: Date | null;
}

/** Claims the publishers that are due, so that several processes don't check the same one. */
async function claimDue(at: Date): Promise<Due[]> {
  const { rows } = await pool().query(
    `UPDATE "Publisher" p SET "checkedAt" = $1
     FROM (SELECT "appId", "clientId" FROM "Publisher" WHERE "verifiedAt" IS NOT NULL AND "checkedAt" < $2
           ORDER BY "checkedAt" LIMIT ${PER_TICK} FOR UPDATE SKIP LOCKED) due
     WHERE p."appId" = due."appId" AND p."clientId" = due."clientId"
     RETURNING p."appId", p."clientId", p."domain", p."token", p."failingSince"`,
    [at, new Date(at.getTime() - DAY_MS)],
  );
  return rows;
}

async function recheck({ appId, clientId, domain, token, failingSince }: Due, at: Date): Promise<void> {
  const method = provenBy(await findProof({ domain, token }));
  const where = { appId, clientId, token };
  await transaction(async (tx) => {
    if (method) {
      await tx.publisher.updateMany({ where, data: { method, failingSince: null } });
      return;
    }
    const lapses = failingSince !== null && at.getTime() - failingSince.getTime() >= TOLERATED_MS;
    if (!lapses) {
      await tx.publisher.updateMany({ where, data: { failingSince: failingSince ?? at } });
      return;
    }
    const { count } = await tx.publisher.updateMany({ where, data: { verifiedAt: null } });
    if (count === 0) return;
    await recordEvent(tx, appId, {
      type: "client.publisher_removed",
      actor: { type: "system" },
      clientId,
      target: { type: "client", id: clientId },
      explanation: { domain },
    });
  });
}

export async function recheckPublishers(): Promise<void> {
  const at = now();
  await Promise.all((await claimDue(at)).map((due) => recheck(due, at)));
}
