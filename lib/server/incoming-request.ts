/**
 * A node:http request as a Request whose parts are created only when a handler reads them. A plain
 * Request, with its signal, stream and checks, costs as much as the rest of serving a cached
 * document.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { incomingHeaders } from "./incoming-headers";

const BROKEN = "The connection ended before the body did.";

/** The whole body, for requests with a Content-Length, which node:http enforces. */
function readWhole(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    incoming.once("error", reject);
    // Every request ends with a close, so the costly Error is created only for an incomplete one.
    incoming.once("close", () => incoming.complete || reject(new Error(BROKEN)));
  });
}

/**
 * Reads on demand. To stop reading does not close the connection, so that a response can still be
 * sent.
 */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream({
    async pull(controller) {
      reader ??= (Readable.toWeb(incoming) as ReadableStream<Uint8Array>).getReader();
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

class IncomingRequest {
  #headers: Headers | undefined;
  #controller: AbortController | undefined;
  #whole: Request | undefined;
  #read = false;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly response: ServerResponse,
    readonly method: string,
    readonly url: string,
  ) {}

  get headers(): Headers {
    this.#headers ??= incomingHeaders(this.incoming.headers);
    return this.#headers;
  }

  /** Aborted when the client closes the connection before the response is complete. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      const { response } = this;
      const hungUp = () => response.writableFinished || controller.abort(new Error(BROKEN));
      if (response.closed) hungUp();
      else response.once("close", hungUp);
    }
    return this.#controller.signal;
  }

  get bodyUsed(): boolean {
    return this.#read || (this.#whole?.bodyUsed ?? false);
  }

  /** Without the stream that a plain Request would create. */
  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.#whole || this.#read || this.method === "GET" || this.method === "HEAD") return this.whole().arrayBuffer();
    this.#read = true;
    const bytes = await readWhole(this.incoming);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  }

  /** A plain Request, for everything else. */
  whole(): Request {
    // As in fetch, a body can be read once.
    if (this.#read) throw new TypeError("The body has been read.");
    if (!this.#whole) {
      const body = this.method === "GET" || this.method === "HEAD" ? null : streamOf(this.incoming);
      const { method, headers, signal } = this;
      this.#whole = new Request(this.url, {
        method,
        headers: [...headers],
        body,
        signal,
        duplex: "half",
      } as RequestInit);
    }
    return this.#whole;
  }
}

const PROPERTIES = [
  "body",
  "cache",
  "credentials",
  "destination",
  "integrity",
  "keepalive",
  "mode",
  "redirect",
  "referrer",
  "referrerPolicy",
] as const;
for (const name of PROPERTIES)
  Object.defineProperty(IncomingRequest.prototype, name, {
    get(this: IncomingRequest) {
      return this.whole()[name];
    },
  });
for (const name of ["blob", "bytes", "clone", "formData", "json", "text"] as const)
  Object.defineProperty(IncomingRequest.prototype, name, {
    value(this: IncomingRequest) {
      return this.whole()[name]();
    },
  });
Object.setPrototypeOf(IncomingRequest.prototype, Request.prototype);

/** `origin` is PUBLIC_URL's, since the Host header is not trusted. `target` begins with a slash. */
export function incomingRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: string,
  target: string,
): Request {
  return new IncomingRequest(incoming, response, incoming.method ?? "GET", origin + target) as unknown as Request;
}
