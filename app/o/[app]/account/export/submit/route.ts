import { whenSignedIn } from "@/lib/hosted/account/account-form";
import { submitExport } from "@/lib/hosted/account/data";
import { formRoute } from "@/lib/hosted/form-route";

export const POST = formRoute(whenSignedIn(submitExport));
