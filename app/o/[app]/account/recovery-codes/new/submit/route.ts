import { factorForm, submitNewRecoveryCodes } from "@/lib/hosted/account/factors";

export const POST = factorForm(submitNewRecoveryCodes);
