import { linkForm, submitVerification } from "@/lib/hosted/links/forms";

export const POST = linkForm("verify_email", submitVerification);
