import { accountForm } from "@/lib/hosted/account/account-form";
import { submitSessionRevocation } from "@/lib/hosted/account/sessions";

export const POST = accountForm(submitSessionRevocation);
