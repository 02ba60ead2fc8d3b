import { showAgain } from "@/lib/hosted/account/account-form";
import { submitDeletion } from "@/lib/hosted/account/data";
import { formRoute } from "@/lib/hosted/form-route";
import { singleUse } from "@/lib/hosted/repeated-form";

const submit = showAgain(submitDeletion, "account/delete");

// Without the user, a repeated submission could mean another account.
export const POST = formRoute((input) => (input.form.get("user") ? singleUse(submit) : submit)(input));
