/** Finds the bundle of ./arrange.ts that the global setup has made. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const VARIABLE = "FOYER_E2E_ARRANGE";

export function setArrangeFile(file: string): void {
  process.env[VARIABLE] = pathToFileURL(resolve(file)).href;
}

export function loadArrange(): Promise<typeof import("./arrange")> {
  const url = process.env[VARIABLE];
  if (!url) throw new Error(`${VARIABLE} is not set; the global setup of the tests sets it.`);
  return import(url);
}
