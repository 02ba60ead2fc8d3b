export { profileForm as POST } from "@/lib/hosted/account/account";
