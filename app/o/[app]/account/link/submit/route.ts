import { accountForm } from "@/lib/hosted/account/account-form";
import { submitLink } from "@/lib/hosted/account/linked-accounts";

export const POST = accountForm(submitLink);
