/** Generates a migration: the SQL from the committed schema to the one in the working tree. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openEmbedded } from "@/lib/database/embedded/embedded";
import { openSchemaEngine } from "@/lib/database/schema-engine";

const SCHEMA = "prisma/schema.prisma";

function datamodel(content: string) {
  return { tag: "schemaDatamodel" as const, files: [{ path: "schema.prisma", content }] };
}

async function difference(): Promise<string> {
  const committed = execFileSync("git", ["show", `HEAD:${SCHEMA}`], { encoding: "utf8" });
  // The engine needs a database server: the one of the tests.
  const database = await openEmbedded({ dataDir: ".test-data", role: "tool", durable: false });
  const { engine, close } = await openSchemaEngine(database.url);
  try {
    const { stdout } = await engine.diff({
      from: datamodel(committed),
      to: datamodel(readFileSync(SCHEMA, "utf8")),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? "";
  } finally {
    await close();
    await database.close();
  }
}

function stamp(): string {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name))
  throw new Error("Name the migration (a-z, 0-9 and _): npm run migration -- add_something");
const sql = await difference();
if (/^\s*(-- This is an empty migration\.)?\s*$/.test(sql))
  throw new Error(`${SCHEMA} has no uncommitted changes that need a migration.`);
const folder = join("prisma", "migrations", `${stamp()}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "migration.sql"), `BEGIN;\n\n${sql.trim()}\n\nCOMMIT;\n`);
process.stdout.write(`${folder}/migration.sql\n`);
process.exit(0);
