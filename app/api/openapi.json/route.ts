/** OpenAPI 3.1: what this server can do, for programs. Anyone may read it, from any origin. */
import { anyone } from "@/lib/http/guards";
import { publicJson } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: anyone,
  run: async () => {
    // Loaded when it is asked for: the document describes every route, this one too.
    const { apiDocumentText } = await import("@/app/_reference/document");
    return publicJson(apiDocumentText());
  },
});
