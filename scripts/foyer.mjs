// `npm run -s foyer -- <command>`: the operator's CLI. Progress goes to stderr, so that stdout is the command's alone.
import { pathToFileURL } from "node:url";
import { prepareCli } from "./bootstrap/bootstrap.mjs";
import { runMain } from "./bootstrap/failure.mjs";
import { output } from "./bootstrap/progress.mjs";

output.stream = process.stderr;

await runMain(async () => {
  // What the operator said decides which secrets must be given; lib/env.ts reads it.
  process.env.FOYER_GIVEN_NODE_ENV ||= process.env.NODE_ENV || "none";
  process.env.NODE_ENV ||= "production";
  await import(pathToFileURL(await prepareCli()).href);
});
