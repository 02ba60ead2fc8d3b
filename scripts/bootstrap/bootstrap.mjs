// The steps from a fresh clone to something that runs. Each does nothing when nothing has changed.
import { chdir } from "node:process";
import { build, buildCli, isBuilt, locateBuild } from "./builds.mjs";
import { checkNode, generate, hydrate, install } from "./install.mjs";
import { root } from "./paths.mjs";

export { build, checkNode, generate, hydrate, install };

/** Everything that must be there before something can be built. */
export async function prepare() {
  chdir(root);
  checkNode();
  await install();
  await hydrate();
  await generate();
}

/** The build of the present sources; when it is there, the packages to run it suffice. */
export async function prepareBuild() {
  await prepareFor(locateBuild());
  return build();
}

/** The file of the CLI, alone when there is no build. */
export async function prepareCli() {
  await prepareFor(locateBuild());
  return buildCli();
}

async function prepareFor(target) {
  if (!isBuilt(target)) return prepare();
  chdir(root);
  checkNode();
  await install({ development: false });
  await hydrate();
}
