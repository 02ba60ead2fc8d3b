import { formRoute } from "@/lib/hosted/form-route";
import { submitConsent } from "@/lib/hosted/forms/consent";

export const POST = formRoute(submitConsent);
