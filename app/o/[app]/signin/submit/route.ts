import { formRoute } from "@/lib/hosted/form-route";
import { submitSignIn } from "@/lib/hosted/forms/sign-in";

export const POST = formRoute(submitSignIn);
