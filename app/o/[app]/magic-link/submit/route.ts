import { formRoute } from "@/lib/hosted/form-route";
import { submitMagicLinkRequest } from "@/lib/hosted/forms/magic-link";

export const POST = formRoute(submitMagicLinkRequest);
