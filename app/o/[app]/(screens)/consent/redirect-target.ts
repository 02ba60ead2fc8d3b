/** Where the answer to a consent goes, as a person should see it. Pure. */
import { isContestedTarget } from "@/lib/oauth/clients/redirect-uris";

export interface RedirectTarget {
  /** The host in its ASCII form, so that no look-alike letter deceives; of an own scheme the scheme. */
  label: string;
  /** Any program on the device could be listening there (RFC 8252 §8.6). */
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
