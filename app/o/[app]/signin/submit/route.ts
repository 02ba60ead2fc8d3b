export { signInForm as POST } from "@/lib/http/screens";
