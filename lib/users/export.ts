/** The users of an App as a file, in the columns that an import takes. */
import { includesRole } from "../apps/members";
import { type Actor, recordEvent } from "../audit/events";
import { db, type MemberRole } from "../database/client";
import { fail } from "../errors";
import { csvLine } from "../text/csv";
import { PROFILE_CLAIMS } from "./profile";
import { FULL_USER_FIELDS, type FullUser, managedUserView } from "./user-views";

/** So many are in memory at once, with up to 32 KiB of metadata each. */
const BATCH = 500;

export interface ExportOptions {
  format: "csv" | "json";
  /** With the bcrypt hashes of the passwords: whoever has them can try passwords at leisure. */
  hashes: boolean;
}

const COLUMNS = [
  "id",
  "email",
  "email_verified",
  ...Object.keys(PROFILE_CLAIMS),
  "external_id",
  "disabled",
  "created_at",
  "last_sign_in_at",
  "metadata",
  "public_metadata",
];

type ExportedUser = FullUser & { passwordHash?: string | null };

function shown(user: ExportedUser, { hashes }: ExportOptions): Record<string, unknown> {
  return { ...managedUserView(user), ...(hashes && { password_hash: user.passwordHash ?? null }) };
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
  yield csvLine(columns);
  for await (const users of batches(appId, options)) {
    const lines = users.map((user) => {
      const row = shown(user, options);
      return csvLine(columns.map((column) => csvCell(row[column])));
    });
    yield lines.join("");
  }
}

/** An array with a user per line. */
async function* asJson(appId: string, options: ExportOptions): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const users of batches(appId, options)) {
    yield separator + users.map((user) => JSON.stringify(shown(user, options))).join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/**
 * Every user, the newest first, as the parts of a file; that it was asked for is in the audit
 * trail.
 * @throws 403 when somebody other than an owner wants the hashes
 */
export async function exportUsers(
  appId: string,
  options: ExportOptions,
  { by, role }: { by: Actor; role: MemberRole },
): Promise<AsyncGenerator<string>> {
  const { format, hashes } = options;
  if (hashes && !includesRole(role, "owner"))
    fail(403, "role_too_low", "Only an owner of the App may export password hashes.");
  const type = hashes ? "users.hashes_exported" : "users.exported";
  await recordEvent(db(), appId, { type, actor: by, explanation: { format } });
  return format === "csv" ? asCsv(appId, options) : asJson(appId, options);
}
