// `npm run slim`: makes a built checkout small, for an image or a machine that only runs it.
import { runMain } from "./bootstrap/failure.mjs";
import { slim } from "./bootstrap/slim.mjs";

await runMain(slim);
