/** What handlers read of a request. A Request has all of it; server.ts passes something lighter. */

export interface RequestHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RequestHeaders;
  /** Aborted when the client closes the connection before the response is complete. */
  readonly signal: AbortSignal;
  /** null when the request has none. Reading stops the moment the reader stops. */
  readonly body: unknown;
  /** The whole body; rejects when the connection ended before it was complete. */
  arrayBuffer(): Promise<ArrayBuffer>;
}
