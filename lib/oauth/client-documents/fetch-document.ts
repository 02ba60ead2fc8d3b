/**
 * Fetches a client ID metadata document within the limits of outbound requests: https, no private
 * address, no redirect, 5 KB, 5 seconds.
 */
import { nowMs } from "../../clock";
import { isOutboundError, outboundFetch } from "../../outbound";

const MAX_BYTES = 5 * 1024;
const TIMEOUT_MS = 5000;
const MIN_TTL_SECONDS = 300;
const MAX_TTL_SECONDS = 86_400;

/** `unavailable` may pass by itself. `rejected` needs a change of the document. */
export class DocumentError extends Error {
  constructor(
    readonly kind: "unavailable" | "rejected",
    message: string,
  ) {
    super(message);
  }
}

export interface FetchedDocument {
  members: Record<string, unknown>;
  ttlSeconds: number;
}

/** Freshness by the response's headers (RFC 9111 §4.2.1), between 5 minutes and a day. */
function ttlOf(headers: Headers): number {
  const directives = (headers.get("cache-control") ?? "").toLowerCase();
  const [, maxAge] = /(?:^|[,\s])max-age="?(\d{1,9})/.exec(directives) ?? [];
  const expires = Date.parse(headers.get("expires") ?? "");
  const untilExpiry = Number.isNaN(expires) ? 0 : (expires - nowMs()) / 1000;
  const seconds = /no-store|no-cache/.test(directives) ? 0 : maxAge ? Number(maxAge) : untilExpiry;
  return Math.min(MAX_TTL_SECONDS, Math.max(MIN_TTL_SECONDS, Math.floor(seconds)));
}

async function get(url: string): Promise<Response> {
  try {
    return await outboundFetch(url, {
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      maxBytes: MAX_BYTES,
    });
  } catch (error) {
    if (!isOutboundError(error)) throw error;
    if (error.reason === "too_large") throw new DocumentError("rejected", `is larger than ${MAX_BYTES / 1024} KB`);
    if (error.reason === "blocked_address")
      throw new DocumentError("rejected", "is in a private or reserved network, or not at an https URL");
    const why = error.reason === "timeout" ? "did not respond within 5 seconds" : "could not be reached";
    throw new DocumentError("unavailable", why);
  }
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/([\w.-]+\+)?json$/.test(type)) throw new DocumentError("rejected", "is not application/json");
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Not JSON.
  }
  throw new DocumentError("rejected", "is not a JSON object");
}

/** @throws DocumentError */
export async function fetchDocument(url: string): Promise<FetchedDocument> {
  const response = await get(url);
  const { status } = response;
  if (status >= 500 || status === 429) throw new DocumentError("unavailable", `answered with status ${status}`);
  if (status >= 300 && status < 400) throw new DocumentError("rejected", "redirects, which is not allowed");
  if (status !== 200) throw new DocumentError("rejected", `answered with status ${status}`);
  return { members: await readObject(response), ttlSeconds: ttlOf(response.headers) };
}
