/**
 * The server's PUBLIC_URL, stored in the data folder. The CLI runs without the server's environment
 * and reads it, so that new apps get the same issuer.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { adoptPublicUrl, env, isLoopbackHost } from "../env";

/** Why PUBLIC_URL doesn't work for users, or null. Foyer starts nevertheless: a test may use it. */
export function publicUrlProblem(): string | null {
  const { https, PUBLIC_URL } = env();
  if (https || isLoopbackHost(new URL(PUBLIC_URL).hostname)) return null;
  return `PUBLIC_URL ${PUBLIC_URL} uses http, so passwords and tokens are sent unencrypted, and browsers store no session cookies. Use https.`;
}

function file(): string {
  return join(env().DATA_DIR, "public-url");
}

/** In a read-only folder, only this convenience is lost. */
export async function leavePublicUrl(): Promise<void> {
  await writeFile(file(), `${env().PUBLIC_URL}\n`).catch(() => {});
}

export async function findPublicUrl(): Promise<void> {
  const url = (await readFile(file(), "utf8").catch(() => "")).trim();
  if (url) adoptPublicUrl(url);
}
