import { accountForm } from "@/lib/hosted/account/account-form";
import { submitDeviceRemoval } from "@/lib/hosted/account/remembered-browsers";

export const POST = accountForm(submitDeviceRemoval);
