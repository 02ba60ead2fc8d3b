/** All stored emails whose data is sealed, for sealing them again with a new master key. */
import type { SealedValue } from "../crypto/reseal";
import { db } from "../database/client";
import { sealPlace } from "./email-row";

const BATCH = 200;

export async function* sealedEmails(): AsyncGenerator<SealedValue> {
  for (let after: { appId: string; id: string } | undefined; ; ) {
    const rows: { appId: string; id: string; dataSealed: string | null }[] = await db().mail.findMany({
      where: { dataSealed: { not: null } },
      orderBy: [{ appId: "asc" }, { id: "asc" }],
      take: BATCH,
      ...(after && { cursor: { appId_id: after }, skip: 1 }),
      select: { appId: true, id: true, dataSealed: true },
    });
    for (const { appId, id, dataSealed } of rows) {
      if (!dataSealed) continue;
      // Only if the row is unchanged: an email that was sent meanwhile has no data any more.
      const where = { appId, id, dataSealed };
      const replace = (fresh: string) => db().mail.updateMany({ where, data: { dataSealed: fresh } });
      yield { sealed: dataSealed, context: { appId, location: sealPlace(id) }, replace };
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = { appId: last.appId, id: last.id };
  }
}
