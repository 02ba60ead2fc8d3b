/**
 * Prisma's schema engine as WebAssembly. The native engine would be downloaded at run time, which
 * some networks block.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { processState } from "../process-state";

/**
 * Sends scripts unsplit: Prisma's adapter splits them at each semicolon, even in comments and
 * function bodies. Takes no lock of the session.
 */
class WholeScriptAdapter extends PrismaPg {
  /** PostgreSQL's error for the failed script, which the engine's own error omits. */
  failure: unknown = null;

  constructor(private readonly connections: pg.Pool) {
    super(connections);
  }

  private unsplit(adapter: SqlDriverAdapter): SqlDriverAdapter {
    adapter.executeScript = async (script) => {
      await this.connections.query(script).catch((error) => {
        this.failure = error;
        throw error;
      });
    };
    // The engine's lock belongs to the session, which a pooler keeps. migrate.ts has its own.
    const executeRaw = adapter.executeRaw.bind(adapter);
    adapter.executeRaw = async (query) => (query.sql.includes("pg_advisory_lock") ? 0 : executeRaw(query));
    return adapter;
  }

  override async connect() {
    return this.unsplit(await super.connect()) as Awaited<ReturnType<PrismaPg["connect"]>>;
  }
}

export interface OpenEngine {
  engine: SchemaEngine;
  /** PostgreSQL's error for the failed script, or null. */
  failure(): unknown;
  close(): Promise<void>;
}

/**
 * Loaded once per process: the glue code keeps the memory of its first instance, so a second one
 * would hang.
 */
async function loadBindings() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // Not imported, because Next's bundler rewrites `resolve` of a require that it can see.
  const { createRequire } = process.getBuiltinModule("node:module");
  const folder = dirname(createRequire(join(process.cwd(), "package.json")).resolve("@prisma/schema-engine-wasm"));
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  const glue = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** Opens an engine for the database at `url`, with one connection. */
export async function openSchemaEngine(url: string): Promise<OpenEngine> {
  const bindings = await processState("schema-engine", loadBindings);
  const connections = new pg.Pool({ connectionString: url, max: 1 });
  const scripts = new WholeScriptAdapter(connections);
  const adapter = bindMigrationAwareSqlAdapterFactory(scripts);
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const close = async () => {
    engine.free();
    await connections.end();
  };
  return { engine, failure: () => scripts.failure, close };
}
