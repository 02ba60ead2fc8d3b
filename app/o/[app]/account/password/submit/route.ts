import { accountForm } from "@/lib/hosted/account/account-form";
import { submitPassword } from "@/lib/hosted/account/profile";

export const POST = accountForm(submitPassword);
