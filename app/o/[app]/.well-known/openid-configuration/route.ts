/** OpenID Connect Discovery 1.0 §4 */
import { openPreflight } from "@/lib/http/cors";
import { documentRoute } from "@/lib/http/document-route";
import { issuerMetadata } from "@/lib/oauth/metadata";

export const GET = documentRoute("metadata", issuerMetadata);
export const OPTIONS = openPreflight("GET");
