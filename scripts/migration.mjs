// `npm run migration -- <name>`: writes the migration from the committed schema to the current one.
// Review it before you commit it.
import { pathToFileURL } from "node:url";
import { prepare } from "./bootstrap/bootstrap.mjs";
import { bundle } from "./bootstrap/bundle.mjs";
import { runMain } from "./bootstrap/failure.mjs";
import { at } from "./bootstrap/paths.mjs";

await runMain(async () => {
  await prepare();
  const outfile = ".build/author-migration.mjs";
  await bundle({ entry: "scripts/author-migration.ts", outfile, withRoutes: false });
  await import(pathToFileURL(at(outfile)).href);
});
