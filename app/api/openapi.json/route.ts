/** GET /api/openapi.json: the OpenAPI 3.1 document, public and readable from any origin. */
import { anyone } from "@/lib/http/guards";
import type { Handler } from "@/lib/http/handler";
import { publicJson } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET: Handler = route({
  guard: anyone,
  run: async () => {
    // Loaded on the first request, because the document imports every other route.
    const { apiDocumentText } = await import("@/app/_reference/document");
    return publicJson(apiDocumentText(GET));
  },
});
