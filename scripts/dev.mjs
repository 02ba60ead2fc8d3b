// `npm run dev`: the development server. Next compiles pages and routes on request and reloads
// them.
import { pathToFileURL } from "node:url";
import { prepare } from "./bootstrap/bootstrap.mjs";
import { buildDevelopmentServer } from "./bootstrap/builds.mjs";
import { runMain } from "./bootstrap/failure.mjs";

await runMain(async () => {
  process.env.NODE_ENV = "development";
  process.env.NEXT_TELEMETRY_DISABLED ||= "1";
  await prepare();
  await import(pathToFileURL(await buildDevelopmentServer()).href);
});
