// Prepares a checkout: packages, generated code, build. A step that is up to date does nothing.
import { chdir } from "node:process";
import { build, buildCli, isBuilt, locateBuild } from "./builds.mjs";
import { checkNode, generate, hydrate, install } from "./install.mjs";
import { root } from "./paths.mjs";

export { build, checkNode, generate, hydrate, install };

/** Prepares everything that a build needs. */
export async function prepare() {
  chdir(root);
  checkNode();
  await install();
  await hydrate();
  await generate();
}

/** Builds the current sources. If the build exists, only the packages to run it are installed. */
export async function prepareBuild() {
  const target = locateBuild();
  await prepareFor(target);
  return build(target);
}

/** Builds the CLI alone if there is no build. Returns its file. */
export async function prepareCli() {
  const target = locateBuild();
  await prepareFor(target);
  return buildCli(target);
}

async function prepareFor(target) {
  if (!isBuilt(target)) return prepare();
  chdir(root);
  checkNode();
  await install({ development: false });
  await hydrate();
}
