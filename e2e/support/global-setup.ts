/** Before all tests: bundles what the tests import from the product, and opens the test cluster. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundle, stopBundling } from "../../scripts/bootstrap/bundle.mjs";
import { announceCluster } from "../../test/support/database";
import { loadArrange, setArrangeFile } from "./load-arrange";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = join(".build", `e2e-${process.pid}`);
  const outfile = join(folder, "arrange.mjs");
  await bundle({ entry: "e2e/support/arrange.ts", outfile, withRoutes: false });
  await stopBundling();
  setArrangeFile(outfile);
  const { openTestCluster, makeKeyPairs } = await loadArrange();
  const { close, ...cluster } = await openTestCluster();
  await makeKeyPairs();
  announceCluster(cluster);
  return async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  };
}
