/**
 * Bringing users in from elsewhere, a batch at a time. Done twice it is the same: who is here already, by address or external id, stays as they
 * are. A batch takes milliseconds, so that nobody waits for a file of any length.
 */
import type { App } from "../../apps/apps";
import { type Actor, recordEvents } from "../../audit/events";
import { now } from "../../clock";
import { db, type Prisma, transaction } from "../../database/client";
import { insertRows } from "../../database/insert-rows";
import { fail } from "../../errors";
import { newId, TENANT_ZERO } from "../../ids";
import { profileColumns } from "../profile";
import { type Candidate, isCandidate, judgeRows, keysOf, resultOf } from "./candidates";
import { BATCH_ROWS, type FileRow } from "./file";
import { runQueued } from "./queue";
import type { ImportAnswer, RowResult } from "./result";
import type { ImportRow } from "./row";

async function findExisting(appId: string, candidates: Candidate[]): Promise<Map<string, string>> {
  const emails = candidates.map(({ input }) => input.email.canonical);
  const externalIds = candidates.flatMap(({ input }) => input.external_id ?? []);
  const rows = await db().user.findMany({
    where: { appId, OR: [{ emailCanonical: { in: emails } }, { externalId: { in: externalIds } }] },
    select: { id: true, emailCanonical: true, externalId: true },
  });
  return new Map(
    rows.flatMap(({ id, emailCanonical, externalId }) => [
      ...(emailCanonical ? [[`email ${emailCanonical}`, id] as const] : []),
      ...(externalId ? [[`id ${externalId}`, id] as const] : []),
    ]),
  );
}

/** Who a row is already, or what is wrong: address and external id of two different users. */
function knownAs(one: Candidate, existing: Map<string, string>): RowResult | null {
  const ids = keysOf(one.input).flatMap(([, key]) => existing.get(key) ?? []);
  const [id, other] = [...new Set(ids)];
  if (!id) return null;
  if (!other) return resultOf(one, { status: "exists", user_id: id });
  const fields = { external_id: `is that of ${other}, while the address is that of ${id}; correct one of the two` };
  return resultOf(one, { status: "invalid", fields });
}

function columnsOf(appId: string, input: ImportRow): Prisma.UserCreateManyInput {
  const createdAt = input.created_at ?? now();
  return {
    appId,
    // Sorted by when they came, not by when they were brought here.
    id: newId("usr", createdAt),
    ...profileColumns(input),
    email: input.email.email,
    emailCanonical: input.email.canonical,
    emailVerifiedAt: input.email_verified ? createdAt : null,
    passwordHash: input.password_hash ?? null,
    passwordChangedAt: input.password_hash ? createdAt : null,
    externalId: input.external_id ?? null,
    metadata: (input.metadata ?? {}) as Prisma.InputJsonObject,
    publicMetadata: (input.public_metadata ?? {}) as Prisma.InputJsonObject,
    disabledAt: input.disabled ? now() : null,
    createdAt,
  };
}

/** → row number → the id of the new user. Who was made by somebody else in the same moment is not among them. */
async function insert(app: App, candidates: Candidate[], by: Actor): Promise<Map<number, string>> {
  const rows = candidates.map(({ row, input }) => ({ row, columns: columnsOf(app.id, input) }));
  // Two batches with the same people must not wait for each other crosswise.
  const sorted = rows
    .map(({ columns }) => columns)
    .sort((a, b) => ((a.emailCanonical ?? "") < (b.emailCanonical ?? "") ? -1 : 1));
  const made = await transaction(async (tx) => {
    const created = await insertRows(tx, "User", sorted);
    const events = created.map(({ id }) => ({ type: "user.imported", actor: by, userId: id }));
    await recordEvents(tx, app.id, events);
    return new Set(created.map(({ id }) => id));
  });
  return new Map(rows.filter(({ columns }) => made.has(columns.id)).map(({ row, columns }) => [row, columns.id]));
}

/** Makes users of those who are not here yet. Whoever was made by somebody else in the same moment is one who is here. */
async function bring(app: App, fresh: Candidate[], by: Actor): Promise<RowResult[]> {
  if (fresh.length === 0) return [];
  const made = await insert(app, fresh, by);
  const raced = made.size < fresh.length ? await findExisting(app.id, fresh) : new Map<string, string>();
  const gone = { row: "was just deleted by somebody else; import it again" };
  return fresh.map((one) => {
    const user_id = made.get(one.row);
    if (user_id) return resultOf(one, { status: "created", user_id });
    return knownAs(one, raced) ?? resultOf(one, { status: "invalid", fields: gone });
  });
}

/** → the result of each candidate. A dry run makes nobody, and says what would be. */
async function admit(app: App, candidates: Candidate[], dryRun: boolean, by: Actor) {
  const existing = await findExisting(app.id, candidates);
  const known = new Map(candidates.map((one) => [one, knownAs(one, existing)]));
  const fresh = candidates.filter((one) => !known.get(one));
  const brought = dryRun ? fresh.map((one) => resultOf(one, { status: "created" })) : await bring(app, fresh, by);
  for (const [index, one] of fresh.entries()) known.set(one, brought[index] ?? null);
  return known;
}

/**
 * @param rows at most BATCH_ROWS; their numbers come back in the results
 * @param dryRun says what would happen, and does nothing
 * @throws 503 when too many import at the same time
 */
export async function importUsers(
  app: App,
  rows: FileRow[],
  { dryRun }: { dryRun: boolean },
  by: Actor,
): Promise<ImportAnswer> {
  if (app.id === TENANT_ZERO) fail(403, "reserved_app", "Developers are not imported.");
  if (rows.length > BATCH_ROWS) fail(413, "payload_too_large", `Send at most ${BATCH_ROWS} users at once.`);
  const ignored = new Set<string>();
  const judged = judgeRows(rows, ignored);
  const admitted = await runQueued(() => admit(app, judged.filter(isCandidate), dryRun, by));
  const results = judged.flatMap((one) => (isCandidate(one) ? (admitted.get(one) ?? []) : one));
  return { results, ignored: [...ignored] };
}
