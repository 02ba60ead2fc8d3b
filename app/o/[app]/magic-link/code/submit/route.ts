import { formRoute } from "@/lib/hosted/form-route";
import { submitMagicLinkCode } from "@/lib/hosted/forms/magic-link";
import { singleUse } from "@/lib/hosted/repeated-form";

export const POST = formRoute(singleUse(submitMagicLinkCode));
