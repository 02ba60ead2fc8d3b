/** The documents that anyone may read about an issuer, from any origin and from caches. */
import { listPublicKeys } from "../apps/signing-keys";
import { issuerMetadata } from "../oauth/metadata";
import { appInPath } from "./guards";
import { json } from "./respond";
import { route } from "./route";

// New keys are published long before they sign, so five minutes of caching delay nobody.
const PUBLIC_DOCUMENT = { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" };

export const metadataRoute = route({
  guard: appInPath,
  run: async ({ app }) => json(await issuerMetadata(app), { headers: PUBLIC_DOCUMENT }),
});

export const jwksRoute = route({
  guard: appInPath,
  run: async ({ app }) => json({ keys: await listPublicKeys(app.id) }, { headers: PUBLIC_DOCUMENT }),
});
