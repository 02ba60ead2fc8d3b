import { formRoute } from "@/lib/hosted/form-route";
import { submitDeviceDecision } from "@/lib/hosted/forms/device";
import { singleUse } from "@/lib/hosted/repeated-form";
import { sessionCookieOf } from "@/lib/hosted/session";

// The answer belongs to the user who is signed in, not only to the browser.
export const POST = formRoute(singleUse(submitDeviceDecision, sessionCookieOf));
