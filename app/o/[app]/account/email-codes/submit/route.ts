import { factorForm, submitEmailFactor } from "@/lib/hosted/account/factors";

export const POST = factorForm(submitEmailFactor, "account/email-codes");
