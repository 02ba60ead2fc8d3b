/**
 * A Response whose text is known in advance. Response makes a stream of its text at once, which costs more than most
 * handlers do; server.ts writes the text of this one as it is. For every other reader it is a plain Response.
 */

/** Recognized across the bundles of one process, where `instanceof` is not. */
const BRAND = Symbol.for("foyer.text-response");

export interface KnownText {
  status: number;
  text: string | null;
  headers: Record<string, string> | Headers;
}

class TextResponse extends Response {
  readonly [BRAND]: true = true;
  /** `headers` is a record until a caller reads the Headers, which may then change. */
  readonly #known: KnownText;
  #complete: Response | undefined;

  constructor(text: string | null, status: number, headers: Record<string, string>) {
    // Without the headers: checking them takes as long as the rest of this object.
    super(null, status === 200 ? undefined : { status });
    this.#known = { status, text, headers: { ...headers } };
  }

  override get headers(): Headers {
    const { headers } = this.#known;
    if (headers instanceof Headers) return headers;
    this.#known.headers = super.headers;
    for (const [name, value] of Object.entries(headers)) super.headers.set(name, value);
    return super.headers;
  }

  known(): KnownText {
    return this.#known;
  }

  /** As `headers.set`, for a name that is spelled as in the constructor. */
  setHeader(name: string, value: string): void {
    const { headers } = this.#known;
    if (headers instanceof Headers) headers.set(name, value);
    else headers[name] = value;
  }

  #withBody(): Response {
    this.#complete ??= new Response(this.#known.text, { status: this.status, headers: this.headers });
    return this.#complete;
  }

  override get body() {
    return this.#withBody().body;
  }
  override get bodyUsed() {
    return this.#withBody().bodyUsed;
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#withBody().arrayBuffer();
  }
  override blob(): Promise<Blob> {
    return this.#withBody().blob();
  }
  override bytes() {
    return this.#withBody().bytes();
  }
  override clone(): Response {
    return this.#withBody().clone();
  }
  override formData(): Promise<FormData> {
    return this.#withBody().formData();
  }
  override json(): Promise<unknown> {
    return this.#withBody().json();
  }
  override text(): Promise<string> {
    return this.#withBody().text();
  }
}

export function textResponse(
  text: string | null,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new TextResponse(text, status, headers);
}

/** The same as `headers.set`, without the cost of Headers where the text is known. */
export function setHeader(response: Response, name: string, value: string): void {
  if (BRAND in response) (response as TextResponse).setHeader(name, value);
  else response.headers.set(name, value);
}

/** What server.ts writes; null for a response of another kind. */
export function knownText(response: Response): KnownText | null {
  return BRAND in response ? (response as TextResponse).known() : null;
}
