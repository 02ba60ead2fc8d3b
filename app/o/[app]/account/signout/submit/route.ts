export { signOutForm as POST } from "@/lib/hosted/account/account";
