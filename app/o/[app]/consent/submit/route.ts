export { consentForm as POST } from "@/lib/http/screens";
