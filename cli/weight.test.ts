/** What a command loads: neither Next.js nor React, and nothing before it is known which command it is. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle, stopBundling } from "../scripts/bootstrap/bundle.mjs";

const folder = join(".build", `cli-test-${process.pid}`);
/** A second on an idle machine. */
const BUNDLING_MS = 60_000;
let metafile: Metafile;

beforeAll(async () => {
  metafile = await bundle({
    entry: "cli/main.ts",
    outfile: join(folder, "cli.mjs"),
    withRoutes: false,
    withPackages: true,
  });
  await stopBundling();
}, BUNDLING_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file that contains an entry or what `await import` loads. */
function fileOf(entry: string): string {
  const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === entry);
  if (!found) throw new Error(`${entry} is in no file of its own.`);
  return found[0];
}

/** All files that are loaded with a file at once. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
    if (kind === "import-statement" && !external) loadedWith(path, loaded);
  }
  return loaded;
}

function sourcesOf(entry: string): string[] {
  return [...loadedWith(fileOf(entry))].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}));
}

const lazy = () => Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
const packagesOf = (sources: string[]) =>
  new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(source)?.[1] ?? []));

describe("the CLI", () => {
  it("loads no package before it knows the command", () => {
    expect([...packagesOf(sourcesOf("cli/main.ts"))]).toEqual([]);
    expect([...packagesOf(sourcesOf("cli/commands/version.ts"))]).toEqual([]);
  });

  it("runs every command without Next.js and React. Only the templates of emails contain React", () => {
    const entries = lazy().filter((entry) => /^(cli|lib)\//.test(entry));
    expect(entries.filter((entry) => entry.startsWith("cli/commands/")).length).toBeGreaterThan(10);
    expect(entries).toContain("lib/operations/boot.ts");
    const withReact = entries.filter((entry) => {
      const packages = packagesOf(sourcesOf(entry));
      return [...packages].some((name) => /^(next|next-auth|react|react-dom|react-email|@react-email\/.*)$/.test(name));
    });
    expect(withReact).toEqual(["lib/mail/render.ts"]);
  });

  it("contains its packages, except those with native parts", () => {
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    const names = new Set(outside.map(({ path }) => path).filter((path) => !path.startsWith("node:")));
    const builtIn = new Set(process.getBuiltinModule("module").builtinModules);
    // `pg` tries pg-native, which Foyer doesn't install.
    expect([...names].filter((name) => !builtIn.has(name))).toEqual(["bcrypt", "pg-native"]);
  });
});
