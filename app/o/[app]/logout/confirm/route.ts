import { formRoute } from "@/lib/hosted/form-route";
import { submitLogout } from "@/lib/oauth/endpoints/logout";

export const POST = formRoute(submitLogout);
