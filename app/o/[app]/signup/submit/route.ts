import { formRoute } from "@/lib/hosted/form-route";
import { submitSignUp } from "@/lib/hosted/forms/sign-in";

export const POST = formRoute(submitSignUp);
