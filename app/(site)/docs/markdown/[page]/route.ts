/** GET /docs/<page>.md: a documentation page as Markdown. next.config.mjs rewrites the URL. */
import { failPageNotFound } from "@/lib/errors";
import { anyone } from "@/lib/http/guards";
import { publicText } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: anyone,
  run: async ({ params }) => {
    // Loaded on the first request, because it imports every page.
    const { findDocPage } = await import("@/app/(site)/docs/pages");
    const page = findDocPage(params.page ?? "") ?? failPageNotFound();
    return publicText(page.text, "text/markdown");
  },
});
