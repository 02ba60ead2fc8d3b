// Bundles a TypeScript entry of the checkout into a file that Node runs; packages stay in node_modules. What the code imports only when
// it is needed (`await import`: the templates of mails are 45 MB) stays apart in a chunk beside it.
import { basename, dirname } from "node:path";
import { at, root } from "./paths.mjs";
import { listRoutes } from "./routes.mjs";

/** @param {{ entry: string, outfile: string, withRoutes?: boolean }} options paths inside the checkout */
export async function bundle({ entry, outfile, withRoutes = true }) {
  // Loaded late: before the first install there is no esbuild.
  const { build } = await import("esbuild");
  await build({
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
    packages: "external",
    jsx: "automatic",
    // The pages of the documentation.
    loader: { ".md": "text" },
    sourcemap: true,
    logLevel: "silent",
    plugins: [routesPlugin(withRoutes ? listRoutes(at("app")) : [])],
  });
}

/** esbuild works in a process of its own, which would otherwise live as long as the server that was started after it. */
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
