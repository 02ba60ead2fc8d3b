/** Responds to bytes that are not a valid request, which no handler ever sees. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { appCookiePath, removeCookie } from "../cookies";
import { AppError } from "../errors";
import { htmlResponse } from "../hosted/html/page";
import { html } from "../hosted/html/template";
import { newRequestId } from "../http/caller";
import { errorResponse } from "../http/respond";

const MALFORMED = new AppError(400, "invalid_request", "The request is not valid HTTP/1.1.");
const TOO_LARGE = new AppError(431, "headers_too_large", "The headers are larger than 16 KiB. Send smaller headers.");
const CLIENT_ERRORS: Record<string, AppError> = {
  ERR_HTTP_REQUEST_TIMEOUT: new AppError(408, "request_timeout", "The request took too long to arrive. Send it again."),
  HPE_HEADER_OVERFLOW: TOO_LARGE,
};

/** The part of the headers that the parser saw last: all of them, unless they came in pieces. */
type RawError = NodeJS.ErrnoException & { rawPacket?: Buffer };

const TARGET = /^[A-Z]+ (\/[^ ]*) HTTP\/1\.[01]\r\n/;

/** A later piece of the headers says nothing about its sender, and only browsers collect cookies. */
function isBrowser(raw: string): boolean {
  return !TARGET.test(raw) || /\r\naccept:[^\r]*text\/html/i.test(raw);
}

/** Removes Foyer's cookies among those that the request sent, at both paths that they may have. */
function removals(raw: string, path: string): string[] {
  const names = new Set([...raw.matchAll(/[ ;:]((?:__Host-|__Secure-)?foyer[\w-]*)=/g)].map(([, name = ""]) => name));
  const [, appId] = /^\/o\/(app_[0-9a-z]+)/.exec(path) ?? [];
  return [...names].flatMap((name) => [
    removeCookie(name),
    ...(appId && !name.startsWith("__Host-") ? [removeCookie(name, appCookiePath(appId))] : []),
  ]);
}

/** A browser can't send smaller headers by itself, so the page removes cookies. */
function tooManyCookies(raw: string, requestId: string): Response {
  const target = TARGET.exec(raw)?.[1] ?? "/";
  const body = html`<p>Your browser sent more cookies than Foyer accepts. We removed those of Foyer, so you may have to sign in again.</p>
    <p>If this page appears again, delete the cookies of this site in your browser’s settings.</p>
    <div class="actions"><a class="button" href="${target.startsWith("//") ? "/" : target}">Try again</a></div>
    <p><small>${TOO_LARGE.code} · ${requestId}</small></p>`;
  const page = htmlResponse({ status: TOO_LARGE.status, app: null, title: "Too many cookies", body });
  for (const cookie of removals(raw, target)) page.headers.append("Set-Cookie", cookie);
  return page;
}

async function write(response: Response, requestId: string, socket: Duplex): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const head = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`,
    ...[...response.headers].map(([name, value]) => `${name}: ${value}`),
    `X-Request-Id: ${requestId}`,
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
}

export function onClientError(error: RawError, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const known = CLIENT_ERRORS[error.code ?? ""] ?? MALFORMED;
  const requestId = newRequestId();
  const raw = error.rawPacket?.toString("latin1") ?? "";
  const response =
    known === TOO_LARGE && isBrowser(raw) ? tooManyCookies(raw, requestId) : errorResponse(known, requestId);
  write(response, requestId, socket).catch(() => socket.destroy());
}
