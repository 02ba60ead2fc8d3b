export { linkForm as POST } from "@/lib/http/linked-accounts";
