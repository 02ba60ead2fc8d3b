/**
 * Clients whose ID is the URL of their metadata document. A document is fetched once for concurrent
 * requests, kept as long as its headers say, and then fetched again, so that its changes apply.
 *
 * A host that is down doesn't lock users out: the last version is used for another day. A document
 * that was removed or became invalid is rejected at once.
 */
import type { App } from "../../apps/apps";
import { setBounded } from "../../bounded-map";
import { nowMs } from "../../clock";
import { limitNewDocuments } from "../../limits/registration";
import { processState } from "../../process-state";
import type { Client } from "../clients/client";
import { oauthFail } from "../errors";
import { registrationPolicy } from "../registration/policy";
import { settingsOfDocument } from "./document-settings";
import { documentUrlProblem } from "./document-url";
import { DocumentError, fetchDocument } from "./fetch-document";
import { findStoredDocument, type StoredDocument, storeDocument } from "./stored-document";

const STALE_MS = 86_400_000;
/** After a failure, the document is fetched again so soon. */
const RETRY_MS = 10_000;
const MAX_FAILURES = 10_000;

interface Failure {
  error: DocumentError;
  until: number;
}

const state = processState("client-documents", () => ({
  fetches: new Map<string, Promise<Client>>(),
  failures: new Map<string, Failure>(),
}));

function failDocument(problem: string): never {
  oauthFail("invalid_client", problem, { section: "draft-ietf-oauth-client-id-metadata-document" });
}

function requireAccepted(app: App, url: string): void {
  const { documents, documentHosts } = registrationPolicy(app);
  if (documents === "off") failDocument("This app does not accept a URL as client_id");
  const problem = documentUrlProblem(url);
  if (problem) failDocument(`The client_id ${problem}`);
  const { hostname } = new URL(url);
  if (documents === "listed" && !documentHosts.includes(hostname))
    failDocument(`This app does not accept metadata documents of ${hostname}`);
}

async function load(app: App, url: string, before: StoredDocument | null): Promise<Client> {
  if (!before) await limitNewDocuments(app.id);
  const { members, ttlSeconds } = await fetchDocument(url);
  const settings = await settingsOfDocument(app, url, members);
  return storeDocument(app, url, settings, { before, ttlSeconds });
}

/** Concurrent requests for the same document share one fetch. */
function loadOnce(app: App, url: string, before: StoredDocument | null): Promise<Client> {
  const key = `${app.id} ${url}`;
  const running = state.fetches.get(key);
  if (running) return running;
  const failure = state.failures.get(key);
  if (failure && nowMs() < failure.until) return Promise.reject(failure.error);
  state.failures.delete(key);
  const fetched = load(app, url, before)
    .catch((error) => {
      if (error instanceof DocumentError)
        setBounded(state.failures, key, { error, until: nowMs() + RETRY_MS }, MAX_FAILURES);
      throw error;
    })
    .finally(() => state.fetches.delete(key));
  state.fetches.set(key, fetched);
  return fetched;
}

/**
 * The client of a metadata document, as it is now.
 * @throws invalid_client that says what is wrong with the document
 */
export async function getDocumentClient(app: App, url: string): Promise<Client> {
  requireAccepted(app, url);
  const stored = await findStoredDocument(app.id, url);
  if (stored?.disabled) return failDocument("This client is disabled");
  if (stored && stored.expiresAt.getTime() > nowMs()) return stored.client;
  try {
    return await loadOnce(app, url, stored);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    if (stored && error.kind === "unavailable" && nowMs() < stored.expiresAt.getTime() + STALE_MS) return stored.client;
    return failDocument(`The metadata document ${url} ${error.message}`);
  }
}
