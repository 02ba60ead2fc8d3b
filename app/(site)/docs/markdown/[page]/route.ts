/** A page of the documentation as it is written. next.config.mjs gives it the address `/docs/<page>.md`. */
import { failNotFound } from "@/lib/errors";
import { anyone } from "@/lib/http/guards";
import { publicText } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: anyone,
  run: async ({ params }) => {
    // Loaded when it is asked for, with all the pages.
    const { findDocPage } = await import("@/app/(site)/docs/pages");
    const page = findDocPage(params.page ?? "") ?? failNotFound("The page");
    return publicText(page.text, "text/markdown");
  },
});
