import { accountForm } from "@/lib/hosted/account/account-form";
import { submitUnlink } from "@/lib/hosted/account/linked-accounts";

export const POST = accountForm(submitUnlink);
