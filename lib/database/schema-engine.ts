/** Prisma's schema engine as WebAssembly: the native one is a download that not every network allows. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { processState } from "../process-state";

/** A script goes to PostgreSQL whole: the adapter would cut it at every semicolon, also inside comments and function bodies. */
class WholeScripts extends PrismaPg {
  /** What PostgreSQL said of the script that failed; the engine only says that it did. */
  failure: unknown = null;

  constructor(private readonly connections: pg.Pool) {
    super(connections);
  }

  private whole(adapter: SqlDriverAdapter): SqlDriverAdapter {
    adapter.executeScript = async (script) => {
      await this.connections.query(script).catch((error) => {
        this.failure = error;
        throw error;
      });
    };
    return adapter;
  }

  override async connect() {
    return this.whole(await super.connect()) as Awaited<ReturnType<PrismaPg["connect"]>>;
  }
}

export interface OpenEngine {
  engine: SchemaEngine;
  /** Why a script failed, in PostgreSQL's words; null when none did. */
  failure(): unknown;
  close(): Promise<void>;
}

/** Once per process: the glue code remembers the memory of the instance that it saw first, and a second one would never answer. */
async function loadBindings() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // Not an import: Next's bundler rewrites the `resolve` of a require that it can see.
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

/** An engine that works on the database at `url`, over one connection. */
export async function openSchemaEngine(url: string): Promise<OpenEngine> {
  const bindings = await processState("schema-engine", loadBindings);
  const connections = new pg.Pool({ connectionString: url, max: 1 });
  const scripts = new WholeScripts(connections);
  const adapter = bindMigrationAwareSqlAdapterFactory(scripts);
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const close = async () => {
    engine.free();
    await connections.end();
  };
  return { engine, failure: () => scripts.failure, close };
}
