/** The user export of an app, as CSV or JSON, in the columns of the user import. */
import { includesRole } from "../apps/members";
import { type Actor, recordEvent } from "../audit/events";
import { db, type MemberRole } from "../database/client";
import { fail } from "../errors";
import { csvHeader, csvLine } from "../text/csv";
import { CONTACT_CLAIMS } from "./contact";
import { PROFILE_CLAIMS } from "./profile";
import { FULL_USER_FIELDS, type FullUser, managedUserView } from "./user-views";

/** How many users are in memory at once, each with up to 32 KiB of metadata. */
const BATCH = 500;

export interface ExportOptions {
  format: "csv" | "json";
  /**
   * Includes the bcrypt hashes of the passwords. Anyone who has them can guess passwords offline.
   */
  hashes: boolean;
}

const COLUMNS = [
  "id",
  "email",
  "email_verified",
  ...Object.keys(PROFILE_CLAIMS),
  ...CONTACT_CLAIMS,
  "external_id",
  "disabled",
  "created_at",
  "last_sign_in_at",
  "factors",
  "metadata",
  "public_metadata",
];

type ExportedUser = FullUser & { passwordHash?: string | null };

function shown(user: ExportedUser, { hashes }: ExportOptions): Record<string, unknown> {
  // The types of the second factors. Their secrets are never exported.
  const { factors } = user;
  return { ...managedUserView(user), factors, ...(hashes && { password_hash: user.passwordHash ?? null }) };
}

function csvCell(value: unknown): string | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" || typeof value === "boolean" ? value : JSON.stringify(value);
}

async function* batches(appId: string, { hashes }: ExportOptions): AsyncGenerator<ExportedUser[]> {
  let cursor: string | undefined;
  do {
    const users: ExportedUser[] = await db().user.findMany({
      where: { appId, ...(cursor && { id: { lt: cursor } }) },
      orderBy: { id: "desc" },
      take: BATCH,
      select: { ...FULL_USER_FIELDS, ...(hashes && { passwordHash: true }) },
    });
    if (users.length > 0) yield users;
    cursor = users.length === BATCH ? users.at(-1)?.id : undefined;
  } while (cursor);
}

async function* asCsv(appId: string, options: ExportOptions): AsyncGenerator<string> {
  const columns = options.hashes ? [...COLUMNS, "password_hash"] : COLUMNS;
  yield csvHeader(columns);
  for await (const users of batches(appId, options)) {
    const lines = users.map((user) => {
      const row = shown(user, options);
      return csvLine(columns.map((column) => csvCell(row[column])));
    });
    yield lines.join("");
  }
}

/** A JSON array with one user per line. */
async function* asJson(appId: string, options: ExportOptions): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const users of batches(appId, options)) {
    yield separator + users.map((user) => JSON.stringify(shown(user, options))).join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/**
 * All users, newest first, as the chunks of a file. Records an audit event. @throws 403 if `hashes`
 * is set and the member is not an owner
 */
export async function exportUsers(
  appId: string,
  options: ExportOptions,
  { by, role }: { by: Actor; role: MemberRole },
): Promise<AsyncGenerator<string>> {
  const { format, hashes } = options;
  if (hashes && !includesRole(role, "owner"))
    fail(403, "role_too_low", "Only an owner of the app can export password hashes.");
  const type = hashes ? "users.hashes_exported" : "users.exported";
  await recordEvent(db(), appId, { type, actor: by, explanation: { format } });
  return format === "csv" ? asCsv(appId, options) : asJson(appId, options);
}
