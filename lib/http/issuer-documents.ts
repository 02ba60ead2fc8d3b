/** The documents that anyone may read about an issuer, from any origin and from caches. */
import { listPublicKeys } from "../apps/signing-keys";
import { issuerMetadata } from "../oauth/metadata";
import { appInPath } from "./guards";
import { publicJson } from "./respond";
import { route } from "./route";

export const metadataRoute = route({
  guard: appInPath,
  run: async ({ app }) => publicJson(await issuerMetadata(app)),
});

export const jwksRoute = route({
  guard: appInPath,
  run: async ({ app }) => publicJson({ keys: await listPublicKeys(app.id) }),
});
