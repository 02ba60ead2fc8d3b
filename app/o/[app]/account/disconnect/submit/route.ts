import { accountForm } from "@/lib/hosted/account/account-form";
import { submitDisconnection } from "@/lib/hosted/account/sessions";

export const POST = accountForm(submitDisconnection);
