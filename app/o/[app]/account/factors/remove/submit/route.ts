import { factorForm, submitFactorRemoval } from "@/lib/hosted/account/factors";

export const POST = factorForm(submitFactorRemoval);
