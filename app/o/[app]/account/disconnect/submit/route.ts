export { disconnectForm as POST } from "@/lib/hosted/account/account";
