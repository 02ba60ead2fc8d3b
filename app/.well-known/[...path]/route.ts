import { missingDocument } from "@/lib/oauth/endpoints/missing-document";

export const GET = missingDocument;
