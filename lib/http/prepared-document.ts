/**
 * A public JSON document that is sent as it is: text, ETag and headers are made once. server.ts
 * sends it without running a handler.
 */
import { createHash } from "node:crypto";
import { PUBLIC_DOCUMENT_HEADERS } from "./respond";

export interface PreparedDocument {
  text: string;
  encoding: BufferEncoding;
  etag: string;
  headers: Record<string, string>;
  /** The same headers and Content-Length, as node:http takes them fastest: name, value, name, … */
  rawHeaders: string[];
}

/** ASCII, as most responses are, is copied to the socket; UTF-8 is converted, which takes a multiple of the time. */
export function encodingOf(text: string, bytes: number): BufferEncoding {
  return bytes === text.length ? "latin1" : "utf8";
}

export function prepareDocument(document: unknown): PreparedDocument {
  const text = JSON.stringify(document);
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const headers = { ...PUBLIC_DOCUMENT_HEADERS, ETag: etag };
  const bytes = Buffer.byteLength(text);
  const rawHeaders = Object.entries({ ...headers, "Content-Length": String(bytes) }).flat();
  return { text, encoding: encodingOf(text, bytes), etag, headers, rawHeaders };
}

/** `If-None-Match` names the document, so that the caller has it already (RFC 9110 §13.1.2). */
export function isKnownToCaller(document: PreparedDocument, ifNoneMatch: string | null | undefined): boolean {
  if (!ifNoneMatch) return false;
  const tags = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(document.etag);
}
