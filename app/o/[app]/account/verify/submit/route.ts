export { verificationForm as POST } from "@/lib/http/account-life";
