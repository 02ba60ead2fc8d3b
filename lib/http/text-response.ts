/**
 * A Response whose body is a string. A plain Response would turn it into a stream, which costs more
 * than most handlers do. server.ts writes the string directly; for Next and for tests it is a
 * Response.
 */

/** Recognized by a brand, since `instanceof` fails across the bundles of one process. */
const BRAND = Symbol.for("foyer.text-response");

export interface KnownText {
  status: number;
  content: string | null;
  headers: Record<string, string> | Headers;
}

class TextResponse {
  readonly [BRAND]: true = true;
  private readonly record: Record<string, string>;
  #headers: Headers | undefined;
  #whole: Response | undefined;

  constructor(
    private readonly content: string | null,
    readonly status: number,
    headers: Record<string, string>,
  ) {
    this.record = { ...headers };
  }

  get headers(): Headers {
    this.#headers ??= new Headers(this.record);
    return this.#headers;
  }

  /** For server.ts. */
  known(): KnownText {
    return { status: this.status, content: this.content, headers: this.#headers ?? this.record };
  }

  setHeader(name: string, value: string): void {
    if (this.#headers) this.#headers.set(name, value);
    else this.record[name] = value;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** A plain Response, for everything else. */
  whole(): Response {
    this.#whole ??= new Response(this.content, { status: this.status, headers: this.headers });
    return this.#whole;
  }
}

for (const name of ["body", "bodyUsed", "redirected", "statusText", "type", "url"] as const)
  Object.defineProperty(TextResponse.prototype, name, {
    get(this: TextResponse) {
      return this.whole()[name];
    },
  });
for (const name of ["arrayBuffer", "blob", "bytes", "clone", "formData", "json", "text"] as const)
  Object.defineProperty(TextResponse.prototype, name, {
    value(this: TextResponse) {
      return (this.whole() as Response)[name]();
    },
  });
Object.setPrototypeOf(TextResponse.prototype, Response.prototype);

export function textResponse(
  content: string | null,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new TextResponse(content, init.status ?? 200, init.headers ?? {}) as unknown as Response;
}

/**
 * Like `headers.set`, but without creating a Headers object. `name` must have the same case each
 * time.
 */
export function setHeader(response: Response, name: string, value: string): void {
  if (BRAND in response) (response as unknown as TextResponse).setHeader(name, value);
  else response.headers.set(name, value);
}

/** null for any other Response. */
export function knownText(response: Response): KnownText | null {
  return BRAND in response ? (response as unknown as TextResponse).known() : null;
}
