import { submitDecline } from "@/lib/hosted/second-factor/decline";
import { secondFactorForm } from "@/lib/hosted/second-factor/form";

export const POST = secondFactorForm(submitDecline);
