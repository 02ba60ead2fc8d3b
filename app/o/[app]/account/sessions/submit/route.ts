export { endSessionForm as POST } from "@/lib/http/account";
