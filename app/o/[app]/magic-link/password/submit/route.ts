import { formRoute } from "@/lib/hosted/form-route";
import { submitPasswordDecision } from "@/lib/hosted/forms/magic-link";
import { singleUse } from "@/lib/hosted/repeated-form";

export const POST = formRoute(singleUse(submitPasswordDecision));
