import { submitSecondFactor } from "@/lib/hosted/second-factor/answer";
import { secondFactorForm } from "@/lib/hosted/second-factor/form";

export const POST = secondFactorForm(submitSecondFactor);
