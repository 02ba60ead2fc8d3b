import { factorForm } from "@/lib/hosted/account/factors";
import { submitOwnPasskey } from "@/lib/hosted/account/passkeys";

export const POST = factorForm(submitOwnPasskey, "account/passkeys");
