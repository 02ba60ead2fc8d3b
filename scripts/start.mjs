// `npm start`: prepares what is missing, then becomes the server.
import { pathToFileURL } from "node:url";
import { prepareBuild } from "./bootstrap/bootstrap.mjs";
import { useBuild } from "./bootstrap/builds.mjs";
import { runMain } from "./bootstrap/failure.mjs";

await runMain(async () => {
  // What the operator said decides which secrets must be given; lib/env.ts reads it.
  process.env.FOYER_GIVEN_NODE_ENV ||= process.env.NODE_ENV || "none";
  process.env.NODE_ENV ||= "production";
  process.env.NEXT_TELEMETRY_DISABLED ||= "1";
  const build = await prepareBuild();
  process.env.FOYER_DIST_DIR = build.distDir;
  useBuild(build);
  await import(pathToFileURL(build.server).href);
});
