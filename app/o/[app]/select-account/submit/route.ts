import { formRoute } from "@/lib/hosted/form-route";
import { submitAccountSelection } from "@/lib/hosted/forms/sign-in";
import { singleUse } from "@/lib/hosted/repeated-form";

export const POST = formRoute(singleUse(submitAccountSelection));
