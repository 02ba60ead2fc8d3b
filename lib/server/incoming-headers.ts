/**
 * Node's parsed request headers as a Headers object. A plain Headers is created only for methods
 * other than get and has.
 */
import type { IncomingHttpHeaders } from "node:http";

class IncomingHeaders {
  #whole: Headers | undefined;

  constructor(private readonly read: IncomingHttpHeaders) {}

  /** Node has lowercased the names and joined repeated headers. */
  get(name: string): string | null {
    const lower = name.toLowerCase();
    if (!Object.hasOwn(this.read, lower)) return null;
    const value = this.read[lower];
    return typeof value === "string" ? value : (value?.join(", ") ?? null);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.read, name.toLowerCase());
  }

  whole(): Headers {
    if (!this.#whole) {
      const pairs = Object.entries(this.read).flatMap(([name, value]) =>
        [value ?? []].flat().map((one) => [name, one]),
      );
      this.#whole = new Headers(pairs as [string, string][]);
    }
    return this.#whole;
  }
}

for (const name of ["append", "delete", "entries", "forEach", "getSetCookie", "keys", "set", "values"] as const)
  Object.defineProperty(IncomingHeaders.prototype, name, {
    value(this: IncomingHeaders, ...given: unknown[]) {
      return (this.whole()[name] as (...args: unknown[]) => unknown).apply(this.whole(), given);
    },
  });
Object.defineProperty(IncomingHeaders.prototype, Symbol.iterator, {
  value(this: IncomingHeaders) {
    return this.whole()[Symbol.iterator]();
  },
});
Object.setPrototypeOf(IncomingHeaders.prototype, Headers.prototype);

export function incomingHeaders(read: IncomingHttpHeaders): Headers {
  return new IncomingHeaders(read) as unknown as Headers;
}
