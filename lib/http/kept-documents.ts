/**
 * Public documents that outlive the cache while the database is unavailable, so that resource
 * servers can still verify tokens.
 */
import { setBounded } from "../bounded-map";
import { nowMs } from "../clock";
import { processState } from "../process-state";
import type { PreparedDocument } from "./prepared-document";

const KEEP_MS = 60 * 60_000;
/** After a failure, the database is asked again so often. */
const RETRY_MS = 2000;
const MAX_DOCUMENTS = 5000;

interface Kept {
  document: PreparedDocument;
  /** When the document was last known to be the app's. */
  currentAt: number;
  /** Until then, the document is sent without asking the database. */
  reusedUntil: number;
}

const documents = processState("kept-documents", () => new Map<string, Kept>());

/** Call it whenever the document is sent as the current one. */
export function keepDocument(appId: string, key: string, document: PreparedDocument): void {
  setBounded(documents, `${appId}/${key}`, { document, currentAt: nowMs(), reusedUntil: 0 }, MAX_DOCUMENTS);
}

/** The document if the database failed to load it a moment ago. */
export function keptDocument(appId: string, key: string): PreparedDocument | undefined {
  const kept = documents.get(`${appId}/${key}`);
  return kept && nowMs() < kept.reusedUntil ? kept.document : undefined;
}

/** The database failed to load it: the last one, if it was current at most an hour ago. */
export function reuseDocument(appId: string, key: string): PreparedDocument | undefined {
  const kept = documents.get(`${appId}/${key}`);
  if (!kept || nowMs() - kept.currentAt > KEEP_MS) return undefined;
  kept.reusedUntil = nowMs() + RETRY_MS;
  return kept.document;
}
