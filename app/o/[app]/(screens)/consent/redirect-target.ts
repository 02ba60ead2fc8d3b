/** The target of a redirect URI, as the consent page shows it. */
import { isContestedTarget } from "@/lib/oauth/clients/redirect-uris";

export interface RedirectTarget {
  /** The host in ASCII (a look-alike letter would deceive), or the scheme of a private-use URI. */
  label: string;
  /** Any program on the device could receive the redirect (RFC 8252 §8.6). */
  onThisDevice: boolean;
}

export function redirectTarget(redirectUri: string): RedirectTarget {
  const { protocol, host } = new URL(redirectUri);
  const web = protocol === "https:" || protocol === "http:";
  return { label: web ? host : protocol, onThisDevice: isContestedTarget(redirectUri) };
}

export function hostOf(url: string | null): string | null {
  return url && URL.canParse(url) ? new URL(url).host : null;
}
