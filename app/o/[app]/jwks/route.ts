/** RFC 7517 §5 */
import { listPublicKeys } from "@/lib/apps/signing-keys";
import { documentRoute } from "@/lib/http/document-route";

export const GET = documentRoute("jwks", async (app) => ({ keys: await listPublicKeys(app.id) }));
