export { unlinkForm as POST } from "@/lib/http/linked-accounts";
