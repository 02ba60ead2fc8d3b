import { factorForm } from "@/lib/hosted/account/factors";
import { submitPasskeyName } from "@/lib/hosted/account/passkeys";

export const POST = factorForm(submitPasskeyName);
