import { secondFactorForm } from "@/lib/hosted/second-factor/form";
import { submitSavedCodes } from "@/lib/hosted/second-factor/recovery-codes";

export const POST = secondFactorForm(submitSavedCodes);
