import { submitNewAuthenticator } from "@/lib/hosted/second-factor/enroll";
import { secondFactorForm } from "@/lib/hosted/second-factor/form";

export const POST = secondFactorForm(submitNewAuthenticator);
