import { formRoute } from "@/lib/hosted/form-route";
import { singleUse } from "@/lib/hosted/repeated-form";
import { submitPasskeyOffer } from "@/lib/hosted/second-factor/passkey-offer";

export const POST = formRoute(singleUse(submitPasskeyOffer));
