export { profileForm as POST } from "@/lib/http/account";
