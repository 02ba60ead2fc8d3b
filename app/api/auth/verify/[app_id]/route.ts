import { openMagicLink, submitMagicLink } from "@/lib/hosted/links/magic-link";
import { optionalApiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: optionalApiKey, readsItself: ["query"], run: openMagicLink });
export const POST = route({ guard: optionalApiKey, readsItself: ["body"], run: submitMagicLink });
