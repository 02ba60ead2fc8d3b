import { signedInForm } from "@/lib/hosted/account/account-form";
import { submitExport } from "@/lib/hosted/account/data";

export const POST = signedInForm(submitExport);
