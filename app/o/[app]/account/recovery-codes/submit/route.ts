import { accountForm } from "@/lib/hosted/account/account-form";
import { submitOwnSavedCodes } from "@/lib/hosted/account/recovery-codes";

export const POST = accountForm(submitOwnSavedCodes);
