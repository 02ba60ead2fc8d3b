/** GET /llms.txt: an index of the documentation for language models. */
import { anyone } from "@/lib/http/guards";
import { publicText } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: anyone,
  run: async () => {
    // Loaded on the first request, because it imports every page.
    const { llmsText } = await import("@/app/(site)/docs/llms");
    return publicText(llmsText(), "text/plain");
  },
});
