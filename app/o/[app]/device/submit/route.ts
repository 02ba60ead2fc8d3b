import { formRoute } from "@/lib/hosted/form-route";
import { submitUserCode } from "@/lib/hosted/forms/device";

export const POST = formRoute(submitUserCode);
