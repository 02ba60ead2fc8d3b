/** What `npm run slim` keeps: every package that the built server loads is a dependency, not one for development. */
import { readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import nextConfig from "../../next.config.mjs";
import { bundle, stopBundling } from "./bundle.mjs";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const folder = join(".build", `slim-test-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packageOf = (path: string) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(path)?.[1] ?? path;
const isPackage = (path: string) => !path.startsWith("node:") && !builtinModules.includes(path);

it("every package that the server's bundle imports is a dependency", async () => {
  const metafile = await bundle({ entry: "server.ts", outfile: join(folder, "server.mjs") });
  await stopBundling();
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = new Set(
    imports.filter(({ external, path }) => external && isPackage(path)).map(({ path }) => packageOf(path)),
  );
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  // Bundling takes a second on an idle machine.
}, 60_000);

it("every package that the pages load without bundling it is a dependency", () => {
  const names = nextConfig.serverExternalPackages ?? [];
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});
