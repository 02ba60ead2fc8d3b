export { consentForm as POST } from "@/lib/hosted/forms/sign-in";
