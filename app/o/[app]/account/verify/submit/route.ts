import { accountForm } from "@/lib/hosted/account/account-form";
import { submitEmailVerification } from "@/lib/hosted/account/profile";

export const POST = accountForm(submitEmailVerification);
