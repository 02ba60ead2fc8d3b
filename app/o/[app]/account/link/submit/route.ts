export { linkForm as POST } from "@/lib/hosted/account/linked-accounts";
