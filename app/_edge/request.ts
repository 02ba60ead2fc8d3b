/** What a page learns from the request that Next is serving: the only importer of next/headers. */
import { headers } from "next/headers";

/** Makes a page dynamic. One that is rendered at build time could not carry the nonce of its Content-Security-Policy. */
export async function renderPerRequest(): Promise<void> {
  await headers();
}
