export { signUpForm as POST } from "@/lib/http/screens";
