/** Readiness: the database responds and has all migrations. */
import { pool } from "../database/client";
import { isMigrated, migrationsFolder } from "../database/migrate";
import { failUnavailable } from "../errors";

/** @throws 503 with the reason */
export async function requireReady(): Promise<void> {
  const complete = await isMigrated((text) => pool().query(text), migrationsFolder()).catch((error) =>
    failUnavailable("The database does not respond.", error),
  );
  if (!complete) failUnavailable("The database lacks a migration of this version. Run: npm run -s foyer -- migrate");
}
