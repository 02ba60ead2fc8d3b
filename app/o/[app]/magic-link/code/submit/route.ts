import { formRoute } from "@/lib/hosted/form-route";
import { submitMagicLinkCode } from "@/lib/hosted/forms/magic-link";

export const POST = formRoute(submitMagicLinkCode);
