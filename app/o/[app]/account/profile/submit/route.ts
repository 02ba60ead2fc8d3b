import { accountForm } from "@/lib/hosted/account/account-form";
import { submitProfile } from "@/lib/hosted/account/profile";

export const POST = accountForm(submitProfile);
