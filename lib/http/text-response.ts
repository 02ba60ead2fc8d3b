/**
 * An answer whose body is a text that is known already. A plain Response turns it into a stream at once, which costs more than most handlers
 * do; server.ts writes this one as it stands. To everybody else (Next, tests) it is a Response.
 */

/** Recognised across the bundles of one process, where `instanceof` is not. */
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

  /** What server.ts writes. */
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

  /** The same for whoever wants more of it. */
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

/** The same as `headers.set`, without making a Headers of what is none yet. `name` as it was written before, if it was. */
export function setHeader(response: Response, name: string, value: string): void {
  if (BRAND in response) (response as unknown as TextResponse).setHeader(name, value);
  else response.headers.set(name, value);
}

/** What a response of ours holds, or null when it is any other. */
export function knownText(response: Response): KnownText | null {
  return BRAND in response ? (response as unknown as TextResponse).known() : null;
}
