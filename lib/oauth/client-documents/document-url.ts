/** Client IDs that are URLs of metadata documents (draft-ietf-oauth-client-id-metadata-document §3). */

export const MAX_CLIENT_ID_LENGTH = 1000;

/** Characters that all URL parsers read alike. */
const PLAIN = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/;

/** Whether a client ID is meant as a URL. Whether it is a usable one, `documentUrlProblem` says. */
export function isUrlClientId(clientId: string): boolean {
  return /^https?:\/\//i.test(clientId);
}

/** What makes a URL unusable as a client ID, or null. */
export function documentUrlProblem(clientId: string): string | null {
  if (clientId.length > MAX_CLIENT_ID_LENGTH) return `must have at most ${MAX_CLIENT_ID_LENGTH} characters`;
  if (!clientId.startsWith("https://")) return "must begin with https://";
  if (!PLAIN.test(clientId) || !URL.canParse(clientId)) return "must be a URL in plain ASCII characters";
  const url = new URL(clientId);
  const [, path] = /^https:\/\/[^/?#]+(\/[^?#]*)?/.exec(clientId) ?? [];
  if (!path) return "must have a path";
  if (clientId.includes("#")) return "must not have a fragment";
  if (url.username || url.password || /^https:\/\/[^/?]*@/.test(clientId)) return "must not have a user name";
  if (/\/(\.|%2e){1,2}(\/|$)/i.test(path)) return "must not have . or .. in its path";
  return url.href === clientId ? null : "must be written like browsers do: host in lower case, no default port";
}
