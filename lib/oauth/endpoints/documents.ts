/**
 * The public documents of an issuer: its metadata (RFC 8414, OpenID Connect Discovery) and its keys
 * (RFC 7517).
 */
import type { App } from "../../apps/apps";
import { listPublicKeys } from "../../apps/signing-keys";
import { publicJson } from "../../http/respond";
import { issuerMetadata } from "../metadata";

export async function metadata({ app }: { app: App }): Promise<Response> {
  return publicJson(await issuerMetadata(app));
}

export async function jwks({ app }: { app: App }): Promise<Response> {
  return publicJson({ keys: await listPublicKeys(app.id) });
}
