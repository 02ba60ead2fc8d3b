/** Reads a request's body, within its limit. */
import { fail, isAppError } from "../errors";
import { MAX_BODY_BYTES } from "../input";

export function failTooLarge(): never {
  fail(413, "payload_too_large", `The body is larger than ${MAX_BODY_BYTES / 1024} KiB. Send less.`);
}

async function readChunks(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) failTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** In one go where its size was said, which node:http holds the caller to: a stream costs a tenth of a millisecond more. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const said = request.headers.get("content-length");
  if (Number(said ?? 0) > MAX_BODY_BYTES) failTooLarge();
  if (said === null) return readChunks(request);
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > MAX_BODY_BYTES ? failTooLarge() : bytes;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readLimited(request: Request): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(request);
  } catch (error) {
    if (isAppError(error)) throw error;
    // The connection broke, so this is for the log, where it must not pass for a failure of ours.
    fail(400, "invalid_request", "The body ended before it was complete. Send it again.", { cause: error });
  }
  try {
    return utf8.decode(bytes);
  } catch {
    fail(400, "invalid_request", "The body is not valid UTF-8. Encode it as UTF-8.");
  }
}

export function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Whether the body says of itself that it is a form. */
export function isForm(request: Request): boolean {
  return mediaType(request) === "application/x-www-form-urlencoded";
}

export interface JsonBody {
  /** As it was sent. */
  raw: string;
  value: Record<string, unknown>;
}

/** A JSON object, or 415 / 413 / 400. With `mayBeEmpty` no body at all is an empty object. */
export async function readJson(request: Request, options: { mayBeEmpty?: boolean } = {}): Promise<JsonBody> {
  const type = mediaType(request);
  if (type !== "application/json") {
    const got = type && /^[\w.+/-]{1,60}$/.test(type) ? `, not ${type}` : "";
    fail(415, "unsupported_media_type", `Send the body as JSON with Content-Type: application/json${got}.`);
  }
  const raw = await readLimited(request);
  if (raw === "" && options.mayBeEmpty) return { raw, value: {} };
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    fail(400, "invalid_request", "The body is not valid JSON. Check quotes, commas and braces.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    fail(400, "invalid_request", 'The body must be a JSON object, like {"email": "bob@example.com"}.');
  }
  return { raw, value: value as Record<string, unknown> };
}

/** A urlencoded form as it was sent, or 415 / 413 / 400. */
export async function readForm(request: Request): Promise<string> {
  const type = mediaType(request);
  if (type !== "application/x-www-form-urlencoded") {
    // A userinfo request by POST may come with an empty body and no type.
    if (type === "" && (await readLimited(request)) === "") return "";
    fail(415, "unsupported_media_type", "Send the body as application/x-www-form-urlencoded.");
  }
  return readLimited(request);
}
