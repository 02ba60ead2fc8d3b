// `npm run bench [-- --rows N]`: prepares the build as `npm start` does, then measures it.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { prepareBuild } from "../scripts/bootstrap/bootstrap.mjs";
import { useBuild } from "../scripts/bootstrap/builds.mjs";
import { bundle } from "../scripts/bootstrap/bundle.mjs";
import { runMain } from "../scripts/bootstrap/failure.mjs";
import { at, root } from "../scripts/bootstrap/paths.mjs";

await runMain(async () => {
  const build = await prepareBuild();
  useBuild(build);
  const programs = ["run", "load", "bare-bcrypt", "oauth/provider"];
  await Promise.all(
    programs.map((name) =>
      bundle({ entry: `bench/${name}.ts`, outfile: `.build/bench/${name}.mjs`, withRoutes: false }),
    ),
  );
  // In another process, because the bootstrap would affect the figures.
  const FOYER_SECRET = randomBytes(32).toString("base64url");
  const env = {
    ...process.env,
    FOYER_SECRET,
    FOYER_SERVER: build.server,
    FOYER_CLI: build.cli,
    FOYER_DIST_DIR: build.distDir,
  };
  const child = spawn(process.execPath, [at(".build", "bench", "run.mjs"), ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
});
