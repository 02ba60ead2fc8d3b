/** What there is to read, for language models. */
import { anyone } from "@/lib/http/guards";
import { publicText } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: anyone,
  run: async () => {
    // Loaded when it is asked for, with all the pages.
    const { llmsText } = await import("@/app/(site)/docs/llms");
    return publicText(llmsText(), "text/plain");
  },
});
