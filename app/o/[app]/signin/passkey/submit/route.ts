import { formRoute } from "@/lib/hosted/form-route";
import { submitPasskeySignIn } from "@/lib/hosted/forms/passkey";
import { singleUse } from "@/lib/hosted/repeated-form";

export const POST = formRoute(singleUse(submitPasskeySignIn));
