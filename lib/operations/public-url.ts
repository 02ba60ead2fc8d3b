/**
 * The server leaves its public address in the data folder, so that the CLI, which is run without the server's environment, makes issuers of the
 * same address.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { adoptPublicUrl, env } from "../env";

function file(): string {
  return join(env().DATA_DIR, "public-url");
}

/** A folder that cannot be written (a container with a database elsewhere) loses only this convenience. */
export async function leavePublicUrl(): Promise<void> {
  await writeFile(file(), `${env().PUBLIC_URL}\n`).catch(() => {});
}

export async function findPublicUrl(): Promise<void> {
  const url = (await readFile(file(), "utf8").catch(() => "")).trim();
  if (url) adoptPublicUrl(url);
}
