/**
 * The user import, one batch at a time. It is idempotent: a user who already exists, by email
 * address or external ID, is not changed. A batch takes milliseconds, so a long file doesn't block
 * other requests.
 */
import type { App } from "../../apps/apps";
import { type Actor, recordEvents } from "../../audit/events";
import { type CustomClaim, listClaims } from "../../claims/claim";
import { claimProblems } from "../../claims/fit";
import type { ClaimUser } from "../../claims/values";
import { now } from "../../clock";
import { db, type Prisma, transaction } from "../../database/client";
import { insertRows } from "../../database/insert-rows";
import { fail } from "../../errors";
import { newId, TENANT_ZERO } from "../../ids";
import { type Address, contactColumns } from "../contact";
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

/**
 * The result of a row that is an existing user, or whose email address and external ID belong to
 * two users.
 */
function existingResult(one: Candidate, existing: Map<string, string>): RowResult | null {
  const ids = keysOf(one.input).flatMap(([, key]) => existing.get(key) ?? []);
  const [id, other] = [...new Set(ids)];
  if (!id) return null;
  if (!other) return resultOf(one, { status: "exists", user_id: id });
  const fields = { external_id: `belongs to ${other}, but the email address belongs to ${id}; correct one of them` };
  return resultOf(one, { status: "invalid", fields });
}

/** Values for JSON, where NULL is null. */
type Row = Omit<Prisma.UserCreateManyInput, "id" | "address"> & { id: string; address?: Address | null };

function columnsOf(appId: string, input: ImportRow): Row {
  const createdAt = input.created_at ?? now();
  return {
    appId,
    // The ID contains the original creation time, so lists sort by it.
    id: newId("usr", createdAt),
    ...profileColumns(input),
    ...contactColumns({ ...input, phone_number_verified: Boolean(input.phone_number && input.phone_number_verified) }),
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

/**
 * → row number → ID of the new user. A user that another request created at the same time is
 * missing.
 */
async function insert(app: App, candidates: Candidate[], by: Actor): Promise<Map<number, string>> {
  const rows = candidates.map(({ row, input }) => ({ row, columns: columnsOf(app.id, input) }));
  // The same order in each batch, so that two batches with the same users don't deadlock.
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

/** Creates the users. One that another request created at the same time counts as existing. */
async function createMissing(app: App, fresh: Candidate[], by: Actor): Promise<RowResult[]> {
  if (fresh.length === 0) return [];
  const made = await insert(app, fresh, by);
  const raced = made.size < fresh.length ? await findExisting(app.id, fresh) : new Map<string, string>();
  const gone = { row: "was deleted during the import; import it again" };
  return fresh.map((one) => {
    const user_id = made.get(one.row);
    if (user_id) return resultOf(one, { status: "created", user_id });
    return existingResult(one, raced) ?? resultOf(one, { status: "invalid", fields: gone });
  });
}

/** The result of a user whose data doesn't fit into the app's custom claims. */
function unfitResult(appId: string, one: Candidate, claims: CustomClaim[]): RowResult | null {
  const columns = columnsOf(appId, one.input);
  const user = { phoneNumber: null, phoneNumberVerified: false, address: null, ...columns } as unknown as ClaimUser;
  const fields = claimProblems(claims, user, Object.keys(one.input));
  return Object.keys(fields).length > 0 ? resultOf(one, { status: "invalid", fields }) : null;
}

/** → the result of each candidate */
async function importCandidates(app: App, candidates: Candidate[], dryRun: boolean, by: Actor) {
  const existing = await findExisting(app.id, candidates);
  const known = new Map(candidates.map((one) => [one, existingResult(one, existing)]));
  const claims = await listClaims(app.id);
  for (const one of claims.length > 0 ? candidates : [])
    if (!known.get(one)) known.set(one, unfitResult(app.id, one, claims));
  const fresh = candidates.filter((one) => !known.get(one));
  const created = dryRun
    ? fresh.map((one) => resultOf(one, { status: "created" }))
    : await createMissing(app, fresh, by);
  for (const [index, one] of fresh.entries()) known.set(one, created[index] ?? null);
  return known;
}

/**
 * @param rows at most BATCH_ROWS @param dryRun reports what would happen, but changes nothing
 * @throws 503 if too many imports are waiting
 */
export async function importUsers(
  app: App,
  rows: FileRow[],
  { dryRun }: { dryRun: boolean },
  by: Actor,
): Promise<ImportAnswer> {
  if (app.id === TENANT_ZERO) fail(403, "reserved_app", "Developers can't be imported.");
  if (rows.length > BATCH_ROWS) fail(413, "payload_too_large", `Send at most ${BATCH_ROWS} users per request.`);
  const ignored = new Set<string>();
  const judged = judgeRows(rows, ignored);
  const imported = await runQueued(() => importCandidates(app, judged.filter(isCandidate), dryRun, by));
  const results = judged.flatMap((one) => (isCandidate(one) ? (imported.get(one) ?? []) : one));
  return { results, ignored: [...ignored] };
}
