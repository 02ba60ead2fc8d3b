import { openPreflight } from "@/lib/http/cors";
import { missingDocument } from "@/lib/oauth/endpoints/missing-document";

export const GET = missingDocument;
export const OPTIONS = openPreflight("GET");
