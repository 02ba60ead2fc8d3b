export { signOutForm as POST } from "@/lib/http/account";
