export { passwordForm as POST } from "@/lib/http/account";
