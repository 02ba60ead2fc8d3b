/** OpenID Connect Discovery 1.0 §4 */
import { documentRoute } from "@/lib/http/document-route";
import { issuerMetadata } from "@/lib/oauth/metadata";

export const GET = documentRoute("metadata", issuerMetadata);
