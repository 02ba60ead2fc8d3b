import { formRoute } from "@/lib/hosted/form-route";
import { submitForgotPassword } from "@/lib/hosted/forms/forgot-password";

export const POST = formRoute(submitForgotPassword);
