/** Access to the headers of the current page request. */
import { headers } from "next/headers";

/** The nonce of the page's Content-Security-Policy, for styles in an embedded frame. */
export async function readNonce(): Promise<string> {
  const policy = (await headers()).get("content-security-policy") ?? "";
  return /'nonce-([\w+/=-]+)'/.exec(policy)?.[1] ?? "";
}

/** Renders a page per request: its Content-Security-Policy needs a new nonce each time. */
export async function renderPerRequest(): Promise<void> {
  await headers();
}
