import { pool } from "@/lib/database/client";
import { isMigrated, migrationsFolder } from "@/lib/database/migrate";
import type { Command } from "../parse";

export const migrateCommand: Command = {
  name: "migrate",
  help: "brings the database to this version",
  flags: {},
  // Booting has migrated already; what is left is to say so from the database's own words.
  run: async () => ({ migrated: await isMigrated((text) => pool().query(text), migrationsFolder()) }),
};
