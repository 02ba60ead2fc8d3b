import { secondFactorForm } from "@/lib/hosted/second-factor/form";
import { submitNewPasskey } from "@/lib/hosted/second-factor/passkey";

export const POST = secondFactorForm(submitNewPasskey);
