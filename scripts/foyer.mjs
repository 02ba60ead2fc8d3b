// `npm run -s foyer -- <command>`: the operator's CLI. Progress goes to stderr, so that stdout is the command's alone.
import { pathToFileURL } from "node:url";
import { prepareCli } from "./bootstrap.mjs";
import { runMain } from "./failure.mjs";
import { output } from "./progress.mjs";

output.stream = process.stderr;

await runMain(async () => {
  // As the server does: it decides which secrets must be given.
  process.env.NODE_ENV ||= "production";
  await import(pathToFileURL(await prepareCli()).href);
});
