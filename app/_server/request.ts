/** What a page learns from the request that Next is serving: the only importer of next/headers. */
import { headers } from "next/headers";

/** What lets a style of ours through this page's Content-Security-Policy, in a frame of it too. */
export async function readNonce(): Promise<string> {
  const policy = (await headers()).get("content-security-policy") ?? "";
  return /'nonce-([\w+/=-]+)'/.exec(policy)?.[1] ?? "";
}

/** Makes a page dynamic. One that is rendered at build time could not carry the nonce of its Content-Security-Policy. */
export async function renderPerRequest(): Promise<void> {
  await headers();
}
