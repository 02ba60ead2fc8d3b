/** RFC 8414 §3: the well-known segment comes before the path of the issuer. */
import { openPreflight } from "@/lib/http/cors";
import { documentRoute } from "@/lib/http/document-route";
import { issuerMetadata } from "@/lib/oauth/metadata";

export const GET = documentRoute("metadata", issuerMetadata);
export const OPTIONS = openPreflight("GET");
