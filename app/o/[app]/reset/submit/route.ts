import { linkForm, submitPasswordReset } from "@/lib/hosted/links/forms";

export const POST = linkForm("reset_password", submitPasswordReset);
