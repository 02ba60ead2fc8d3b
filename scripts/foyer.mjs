// `npm run -s foyer -- <command>`: the operator's CLI. Progress goes to stderr, so that stdout
// contains only the result.
import { pathToFileURL } from "node:url";
import { prepareCli } from "./bootstrap/bootstrap.mjs";
import { runMain } from "./bootstrap/failure.mjs";
import { output } from "./bootstrap/progress.mjs";

output.stream = process.stderr;

await runMain(async () => {
  // lib/env.ts requires FOYER_SECRET only if the operator set NODE_ENV=production.
  process.env.FOYER_GIVEN_NODE_ENV ||= process.env.NODE_ENV || "none";
  process.env.NODE_ENV ||= "production";
  await import(pathToFileURL(await prepareCli()).href);
});
