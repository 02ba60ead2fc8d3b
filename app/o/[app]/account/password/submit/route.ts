export { passwordForm as POST } from "@/lib/hosted/account/account";
