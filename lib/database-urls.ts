/**
 * Database URLs with several hosts, as in libpq: `postgres://user@host1:5432,host2:5432/database`.
 * Node's URL rejects them, and `pg` connects to one host only.
 */
const SHAPE = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/i;

/** One URL per host, in the same order. */
export function urlsOfHosts(url: string): string[] {
  const [, start = "", hosts = "", rest = ""] = SHAPE.exec(url) ?? [];
  return hosts.split(",").map((host) => start + host.trim() + rest);
}

/** Hosts, ports and database of a URL, for messages. Without user and password. */
export function describeDatabase(url: string): string {
  const urls = urlsOfHosts(url).map((one) => new URL(one));
  const hosts = urls.map(({ hostname, port }) => `${hostname || "localhost"}:${port || 5432}`);
  return hosts.join(",") + (urls[0]?.pathname ?? "");
}

export function isDatabaseUrl(text: string): boolean {
  return SHAPE.test(text) && urlsOfHosts(text).every((url) => URL.canParse(url));
}
