/** The documents that anyone may read about an issuer, from any origin and from caches. */
import { listPublicKeys } from "../../apps/signing-keys";
import { appInPath } from "../../http/guards";
import { publicJson } from "../../http/respond";
import { route } from "../../http/route";
import { issuerMetadata } from "../metadata";

export const metadataRoute = route({
  guard: appInPath,
  run: async ({ app }) => publicJson(await issuerMetadata(app)),
});

export const jwksRoute = route({
  guard: appInPath,
  run: async ({ app }) => publicJson({ keys: await listPublicKeys(app.id) }),
});
