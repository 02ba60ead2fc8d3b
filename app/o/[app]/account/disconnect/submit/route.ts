export { disconnectForm as POST } from "@/lib/http/account";
