import type { Metafile } from "esbuild";

/** Paths are inside the checkout. */
export function bundle(options: {
  entry: string;
  outfile: string;
  withRoutes?: boolean;
  withPackages?: boolean;
}): Promise<Metafile>;
export function stopBundling(): Promise<void>;
