import { accountForm } from "@/lib/hosted/account/account-form";
import { submitEmailChange } from "@/lib/hosted/account/profile";

export const POST = accountForm(submitEmailChange);
