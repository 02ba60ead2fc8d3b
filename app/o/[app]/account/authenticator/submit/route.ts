import { factorForm, submitOwnAuthenticator } from "@/lib/hosted/account/factors";

export const POST = factorForm(submitOwnAuthenticator, "account/authenticator");
