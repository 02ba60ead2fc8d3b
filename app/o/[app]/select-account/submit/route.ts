import { formRoute } from "@/lib/hosted/form-route";
import { submitAccountSelection } from "@/lib/hosted/forms/sign-in";

export const POST = formRoute(submitAccountSelection);
