/**
 * A request of node:http as handlers read it. A Request, with its checks, its Headers, its signal and its stream, costs as
 * much as the rest of serving a cached document; here each is created only when it is read.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { HttpRequest, RequestHeaders } from "../http/request";

const BROKEN = "The connection ended before the body did.";

class IncomingHeaders implements RequestHeaders {
  constructor(private readonly received: IncomingHttpHeaders) {}

  /** node:http has lower-cased the names and joined repeated values. */
  get(name: string): string | null {
    const key = name.toLowerCase();
    if (!Object.hasOwn(this.received, key)) return null;
    const value = this.received[key];
    return typeof value === "string" ? value : (value?.join(", ") ?? null);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.received, name.toLowerCase());
  }
}

function join(chunks: Buffer[]): ArrayBuffer {
  const [first, ...others] = chunks;
  const { buffer, byteOffset, byteLength } = first && others.length === 0 ? first : Buffer.concat(chunks);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

function readWhole(incoming: IncomingMessage): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(join(chunks)));
    incoming.once("error", reject);
    // Every request ends with "close"; an Error is expensive, so it is created only for a broken one.
    incoming.once("close", () => incoming.complete || reject(new Error(BROKEN)));
  });
}

/** Pulled by its reader. A reader that stops leaves the connection open, so that the response can still be sent. */
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

export class IncomingRequest implements HttpRequest {
  readonly method: string;
  readonly headers: RequestHeaders;
  #body: ReadableStream<Uint8Array> | null | undefined;
  #controller: AbortController | undefined;

  /** `url` starts with PUBLIC_URL's origin: the Host header is never trusted. */
  constructor(
    private readonly incoming: IncomingMessage,
    private readonly response: ServerResponse,
    readonly url: string,
  ) {
    this.method = incoming.method ?? "GET";
    this.headers = new IncomingHeaders(incoming.headers);
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      const { response } = this;
      const onClose = () => response.writableFinished || controller.abort(new Error(BROKEN));
      if (response.closed) onClose();
      else response.once("close", onClose);
    }
    return this.#controller.signal;
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (this.#body === undefined) this.#body = this.#mayHaveBody() ? streamOf(this.incoming) : null;
    return this.#body;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#mayHaveBody() ? readWhole(this.incoming) : Promise.resolve(new ArrayBuffer(0));
  }

  #mayHaveBody(): boolean {
    return this.method !== "GET" && this.method !== "HEAD";
  }
}
