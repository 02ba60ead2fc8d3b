import { linkForm, submitEmailChangeConfirmation } from "@/lib/hosted/links/forms";

export const POST = linkForm("change_email", submitEmailChangeConfirmation);
