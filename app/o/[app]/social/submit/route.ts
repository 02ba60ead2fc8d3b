import { formRoute } from "@/lib/hosted/form-route";
import { submitSocialSignIn } from "@/lib/hosted/forms/social";

export const POST = formRoute(submitSocialSignIn);
