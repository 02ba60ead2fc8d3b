/** Readiness: the database responds, accepts writes and has all migrations. */
import { pool } from "../database/client";
import { isReadOnlyError, ReadOnlyServer } from "../database/connection";
import { isMigrated, migrationsFolder } from "../database/migrate";
import { failUnavailable } from "../errors";

async function query(text: string) {
  const { rows } = await pool().query("SELECT current_setting('transaction_read_only') = 'on' AS \"readOnly\"");
  if (rows[0].readOnly) throw new ReadOnlyServer();
  return pool().query(text);
}

/** @throws 503 with the reason */
export async function requireReady(): Promise<void> {
  const complete = await isMigrated(query, migrationsFolder()).catch((error) =>
    failUnavailable(
      isReadOnlyError(error)
        ? "The database is read-only: it is a standby or a demoted primary."
        : "The database does not respond.",
      error,
    ),
  );
  if (!complete) failUnavailable("The database lacks a migration of this version. Run: npm run -s foyer -- migrate");
}
