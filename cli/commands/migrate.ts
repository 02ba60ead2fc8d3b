import { pool } from "@/lib/database/client";
import { isMigrated, migrationsFolder } from "@/lib/database/migrate";
import type { Command } from "../command";

export const migrateCommand: Command = {
  name: "migrate",
  help: "Apply the database migrations of this version",
  flags: {},
  // boot() has already migrated; this only reads the result from the database.
  run: async () => ({ migrated: await isMigrated((text) => pool().query(text), migrationsFolder()) }),
};

export const commands: Command[] = [migrateCommand];
