/**
 * A request of node:http as the handlers see it: a Request of which only what is asked for is made. A whole one, with its signal, its stream
 * and its checks, costs as much as the rest of serving a cached document.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { incomingHeaders } from "./incoming-headers";

const BROKEN = "The connection ended before the body did.";

/** All of a body; only for one whose length was said, which node:http holds the caller to. */
function readWhole(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    incoming.once("error", reject);
    // An Error costs more than all of this, and a close is how every request ends.
    incoming.once("close", () => incoming.complete || reject(new Error(BROKEN)));
  });
}

/** Read as it is pulled. Whoever stops reading leaves the connection alone, so that an answer can still be given. */
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

  /** Aborted when the caller hangs up before the answer is complete. */
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

  /** Without the stream that a whole Request would make of it. */
  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.#whole || this.#read || this.method === "GET" || this.method === "HEAD") return this.whole().arrayBuffer();
    this.#read = true;
    const bytes = await readWhole(this.incoming);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  }

  /** The same for whoever wants more of it. */
  whole(): Request {
    // As fetch has it: a body is read once.
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

/** `origin`: ours; what the Host header says is not believed. `target` begins with a slash. */
export function incomingRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: string,
  target: string,
): Request {
  return new IncomingRequest(incoming, response, incoming.method ?? "GET", origin + target) as unknown as Request;
}
