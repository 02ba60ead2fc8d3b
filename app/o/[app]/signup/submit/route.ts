import { formRoute } from "@/lib/hosted/form-route";
import { submitSignUp } from "@/lib/hosted/forms/sign-in";
import { singleUse } from "@/lib/hosted/repeated-form";

export const POST = formRoute(singleUse(submitSignUp));
