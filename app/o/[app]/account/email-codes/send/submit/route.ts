import { factorForm, submitEmailFactorRequest } from "@/lib/hosted/account/factors";

export const POST = factorForm(submitEmailFactorRequest);
