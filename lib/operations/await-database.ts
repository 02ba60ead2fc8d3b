/**
 * Waits at the start for a database that isn't up yet, as after a reboot of the machine or beside
 * it in one deployment. Of several hosts, the first that accepts writes is used.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { nowMs } from "../clock";
import { isUnavailable } from "../database/client";
import { chooseHost, connectionSettings, prepareConnection } from "../database/connection";
import { describeDatabase, urlsOfHosts } from "../database-urls";
import { StartError } from "../errors";

const RETRY_MS = 1000;

/** @throws the reason if the server can't be used */
async function tryServer(url: string): Promise<void> {
  const client = new pg.Client({ ...connectionSettings(), connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    await prepareConnection(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A wrong password or database name won't change by waiting. */
function isTemporary(error: unknown): boolean {
  return isUnavailable(error);
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}

async function findWritable(urls: string[]): Promise<{ position: number } | { error: unknown }> {
  const errors: unknown[] = [];
  for (const [position, url] of urls.entries()) {
    try {
      await tryServer(url);
      return { position };
    } catch (error) {
      errors.push(error);
    }
  }
  return { error: errors.find((error) => !isTemporary(error)) ?? errors[0] };
}

interface Wait {
  /** The variable that contains the URL, for the message. */
  variable: "DATABASE_URL" | "DIRECT_URL";
  url: string;
  limitMs: number;
  report: (line: string) => void;
  canceled?: AbortSignal;
}

/** Returns the URL of the host to use. @throws StartError */
export async function awaitDatabase({ variable, url, limitMs, report, canceled }: Wait): Promise<string> {
  const urls = urlsOfHosts(url);
  const deadline = nowMs() + limitMs;
  for (;;) {
    const found = await findWritable(urls);
    if ("position" in found) {
      if (variable === "DATABASE_URL") chooseHost(found.position);
      return urls[found.position] ?? url;
    }
    const problem = `The database ${describeDatabase(url)} cannot be used (${reasonOf(found.error)}).`;
    if (!isTemporary(found.error) || nowMs() >= deadline || canceled?.aborted)
      throw new StartError(`${problem} Check ${variable} and that PostgreSQL 15 or newer runs there.`);
    report(`Waiting for the database ${describeDatabase(url)}: ${reasonOf(found.error)}`);
    await sleep(RETRY_MS, undefined, { signal: canceled });
  }
}
