import { accountForm } from "@/lib/hosted/account/account-form";
import { submitOwnCodesDownload } from "@/lib/hosted/account/recovery-codes";

export const POST = accountForm(submitOwnCodesDownload);
