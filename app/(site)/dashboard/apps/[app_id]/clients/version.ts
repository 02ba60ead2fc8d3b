/** Version of an application's settings, so that a form doesn't overwrite changes that were made meanwhile. */
import { sha256 } from "@/lib/crypto/hash";
import { type Client, serializeClient } from "@/lib/oauth/clients/clients";

export function versionOf(client: Client): string {
  const { last_used_at: _, ...settings } = serializeClient(client);
  return Buffer.from(sha256(JSON.stringify(settings))).toString("base64url");
}
