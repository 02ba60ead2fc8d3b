/**
 * A public JSON document that is sent as it is: text, ETag and headers are made once. server.ts
 * sends it without running a handler.
 */
import { createHash } from "node:crypto";
import { PUBLIC_DOCUMENT_HEADERS } from "./respond";

export interface PreparedDocument {
  text: string;
  etag: string;
  headers: Record<string, string>;
  /** The same headers and Content-Length, as node:http takes them fastest: name, value, name, … */
  rawHeaders: string[];
}

export function prepareDocument(document: unknown): PreparedDocument {
  const text = JSON.stringify(document);
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const headers = { ...PUBLIC_DOCUMENT_HEADERS, ETag: etag };
  const rawHeaders = Object.entries({ ...headers, "Content-Length": String(Buffer.byteLength(text)) }).flat();
  return { text, etag, headers, rawHeaders };
}

/** `If-None-Match` names the document, so that the caller has it already (RFC 9110 §13.1.2). */
export function isKnownToCaller(document: PreparedDocument, ifNoneMatch: string | null | undefined): boolean {
  if (!ifNoneMatch) return false;
  const tags = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(document.etag);
}
