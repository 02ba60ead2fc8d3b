export { emailForm as POST } from "@/lib/http/account-life";
