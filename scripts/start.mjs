// `npm start`: prepares what is missing, then becomes the server.
import { pathToFileURL } from "node:url";
import { prepareBuild } from "./bootstrap.mjs";
import { useBuild } from "./builds.mjs";
import { runMain } from "./failure.mjs";

await runMain(async () => {
  process.env.NODE_ENV ||= "production";
  const build = await prepareBuild();
  process.env.FOYER_DIST_DIR = build.distDir;
  useBuild(build);
  await import(pathToFileURL(build.server).href);
});
