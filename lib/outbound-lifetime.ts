/** How long a fetched document may be used, by its Cache-Control header (RFC 9111 §5.2.2). */

export interface LifetimeBounds {
  minSeconds: number;
  maxSeconds: number;
  /** Without a header. */
  defaultSeconds: number;
}

export function lifetimeSeconds(headers: Headers, { minSeconds, maxSeconds, defaultSeconds }: LifetimeBounds): number {
  const directives = (headers.get("cache-control") ?? "").toLowerCase().split(",");
  const named = directives.map((directive) => directive.trim());
  if (named.includes("no-store") || named.includes("no-cache")) return minSeconds;
  const [, age] = /^max-age="?(\d{1,9})"?$/.exec(named.find((name) => name.startsWith("max-age=")) ?? "") ?? [];
  return Math.min(maxSeconds, Math.max(minSeconds, age === undefined ? defaultSeconds : Number(age)));
}
