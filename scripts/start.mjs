// `npm start`: prepares and builds what is missing, then runs the server in this process.
import { pathToFileURL } from "node:url";
import { prepareBuild } from "./bootstrap/bootstrap.mjs";
import { useBuild } from "./bootstrap/builds.mjs";
import { runMain } from "./bootstrap/failure.mjs";

await runMain(async () => {
  // lib/env.ts requires FOYER_SECRET only if the operator set NODE_ENV=production.
  process.env.FOYER_GIVEN_NODE_ENV ||= process.env.NODE_ENV || "none";
  process.env.NODE_ENV ||= "production";
  process.env.NEXT_TELEMETRY_DISABLED ||= "1";
  const build = await prepareBuild();
  process.env.FOYER_DIST_DIR = build.distDir;
  useBuild(build);
  await import(pathToFileURL(build.server).href);
});
