import { formRoute } from "@/lib/hosted/form-route";
import { submitMagicLinkPage } from "@/lib/hosted/links/magic-link";

export const POST = formRoute(submitMagicLinkPage);
