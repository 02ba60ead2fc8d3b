// `npm run build`: everything up to the point where `npm start` only has to start, for images and hosts.
import { prepareBuild } from "./bootstrap/bootstrap.mjs";
import { runMain } from "./bootstrap/failure.mjs";
import { say } from "./bootstrap/progress.mjs";

await runMain(async () => {
  const { hash } = await prepareBuild();
  say(`Build ${hash} is ready; start it with: npm start`);
});
