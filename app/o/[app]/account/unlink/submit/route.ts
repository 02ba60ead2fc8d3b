export { unlinkForm as POST } from "@/lib/hosted/account/linked-accounts";
