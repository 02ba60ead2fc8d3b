export { verificationForm as POST } from "@/lib/hosted/account/lifecycle";
