import { accountForm } from "@/lib/hosted/account/account-form";
import { submitDeletion } from "@/lib/hosted/account/data";

export const POST = accountForm(submitDeletion, "account/delete");
