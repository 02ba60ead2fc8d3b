import { submitSignOut } from "@/lib/hosted/account/sessions";
import { formRoute } from "@/lib/hosted/form-route";

export const POST = formRoute(submitSignOut);
