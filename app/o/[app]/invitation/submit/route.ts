import { linkForm, submitInvitation } from "@/lib/hosted/links/forms";

export const POST = linkForm("user_invitation", submitInvitation);
