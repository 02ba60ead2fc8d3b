/** The hosts that the consent page shows: of the redirect URI and of the website. */
import type { Client } from "@/lib/oauth/clients/client";
import { isContestedTarget } from "@/lib/oauth/clients/redirect-uris";

export interface RedirectTarget {
  /** The host in ASCII (a look-alike letter would deceive), or the scheme of a private-use URI. */
  label: string;
  /**
   * Any program on the device could receive the redirect (RFC 8252 §8.6), and use it: the client has
   * no secret, or registered itself.
   */
  needsWarning: boolean;
}

export function redirectTarget(client: Pick<Client, "public" | "source">, redirectUri: string): RedirectTarget {
  const { protocol, host } = new URL(redirectUri);
  const web = protocol === "https:" || protocol === "http:";
  const isProtected = !client.public && client.source === "console";
  return { label: web ? host : protocol, needsWarning: !isProtected && isContestedTarget(redirectUri) };
}

export function hostOf(url: string | null): string | null {
  return url && URL.canParse(url) ? new URL(url).host : null;
}

/** The host of the client's website. null if the client named it itself: it could name any. */
export function websiteOf({ source, client_uri }: Pick<Client, "source" | "client_uri">): string | null {
  return source === "console" ? hostOf(client_uri) : null;
}

interface KnownApplication {
  clientId: string;
  source: Client["source"];
  siteUrl: string | null;
  redirectUris: string[];
}

/**
 * The host that the account page shows with an application: the website that the app's owner entered,
 * or the host of the metadata document. Of a client that registered itself, only the host that it
 * redirects to is certain.
 */
export function hostOfApplication({ clientId, source, siteUrl, redirectUris }: KnownApplication): string | null {
  if (source === "console") return hostOf(siteUrl);
  if (source === "cimd") return hostOf(clientId);
  const hosts = new Set(redirectUris.filter((uri) => uri.startsWith("https://")).map(hostOf));
  const [host = null] = hosts;
  return hosts.size === 1 ? host : null;
}
