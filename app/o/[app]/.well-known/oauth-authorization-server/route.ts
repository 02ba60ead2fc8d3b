/** The same document, where clients look that append the well-known segment to the issuer (Nimbus). */
import { openPreflight } from "@/lib/http/cors";
import { documentRoute } from "@/lib/http/document-route";
import { issuerMetadata } from "@/lib/oauth/metadata";

export const GET = documentRoute("metadata", issuerMetadata);
export const OPTIONS = openPreflight("GET");
