import { showAgain } from "@/lib/hosted/account/account-form";
import { submitDeletion } from "@/lib/hosted/account/data";
import { formRoute } from "@/lib/hosted/form-route";
import { singleUse } from "@/lib/hosted/repeated-form";

export const POST = formRoute(singleUse(showAgain(submitDeletion, "account/delete")));
