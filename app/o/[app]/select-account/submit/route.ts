export { selectAccountForm as POST } from "@/lib/http/screens";
