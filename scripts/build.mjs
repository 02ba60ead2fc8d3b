// `npm run build`: installs and builds, so that `npm start` only has to start. For container images
// and hosts.
import { prepareBuild } from "./bootstrap/bootstrap.mjs";
import { runMain } from "./bootstrap/failure.mjs";
import { say } from "./bootstrap/progress.mjs";

await runMain(async () => {
  const { hash } = await prepareBuild();
  say(`Build ${hash} is ready. Start it with: npm start`);
});
