/** RFC 8414 §5: the same document, at the path that OpenID clients request. */
import { openPreflight } from "@/lib/http/cors";
import { documentRoute } from "@/lib/http/document-route";
import { issuerMetadata } from "@/lib/oauth/metadata";

export const GET = documentRoute("metadata", issuerMetadata);
export const OPTIONS = openPreflight("GET");
