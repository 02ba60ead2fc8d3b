/**
 * Checks new passwords against published leaks, by a range request (k-anonymity, Have I Been Pwned
 * API v3): only the first 5 characters of the password's SHA-1 leave Foyer. If the service doesn't
 * respond, the password is accepted and an event says so.
 */
import { createHash } from "node:crypto";
import type { App } from "../apps/apps";
import { countEvent } from "../audit/events";
import { env } from "../env";
import { log } from "../log";
import { metrics } from "../metrics";
import { isOutboundError, outboundFetch } from "../outbound";

const PREFIX_CHARACTERS = 5;
const TIMEOUT_MS = 1000;
/** A padded response has about 40 KB. */
const MAX_BYTES = 512 * 1024;

/** `SUFFIX:COUNT`. Padding has the count 0. */
const ENTRY = /^([0-9A-F]{35}):(\d{1,12})$/i;

export const BREACHED_PROBLEM = "appears in a published leak of passwords. Choose another one.";

type Result = "breached" | "unknown" | "unavailable";

async function fetchRange(prefix: string): Promise<string> {
  const response = await outboundFetch(`${env().HIBP_URL}${prefix}`, {
    // The response has the same size for every prefix, so an observer can't guess the prefix.
    headers: { "Add-Padding": "true", "User-Agent": "Foyer" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    maxBytes: MAX_BYTES,
    isTrusted: true,
  });
  if (response.status !== 200) throw new Error(`the service responded with status ${response.status}`);
  return response.text();
}

/** @throws Error if the text isn't a list of hash suffixes */
function isListed(suffix: string, list: string): boolean {
  const entries = list.split(/\r?\n/).flatMap((line) => {
    const [, hash = "", count] = ENTRY.exec(line.trim()) ?? [];
    return hash ? [{ hash: hash.toUpperCase(), count: Number(count) }] : [];
  });
  if (entries.length === 0) throw new Error("the service responded with something else than a list of hashes");
  return entries.some(({ hash, count }) => hash === suffix && count > 0);
}

async function lookUp(password: string): Promise<boolean> {
  const hash = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
  return isListed(hash.slice(PREFIX_CHARACTERS), await fetchRange(hash.slice(0, PREFIX_CHARACTERS)));
}

async function noteOutage(app: App, error: unknown): Promise<void> {
  const description = error instanceof Error ? error.message : String(error);
  const reason = isOutboundError(error) ? error.reason : "unexpected_response";
  log().warn({ reason, app: app.id }, `A new password wasn't checked against published leaks: ${description}`);
  await countEvent(app.id, {
    type: "breached_passwords.unavailable",
    outcome: "failure",
    actor: { type: "system" },
    reason,
    explanation: { description, fix: "Check that this server can reach the service of HIBP_URL." },
  });
}

/** Whether the password was published in a leak. false for an app that doesn't check its passwords. */
export async function isBreached(app: App, password: string): Promise<boolean> {
  if (!app.settings.breached_passwords) return false;
  let result: Result = "unavailable";
  try {
    result = (await lookUp(password)) ? "breached" : "unknown";
  } catch (error) {
    await noteOutage(app, error);
  }
  metrics().breachedPasswords.inc({ result });
  return result === "breached";
}
