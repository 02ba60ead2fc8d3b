import { formRoute } from "@/lib/hosted/form-route";
import { submitVerificationRequest } from "@/lib/hosted/forms/forgot-password";

export const POST = formRoute(submitVerificationRequest);
