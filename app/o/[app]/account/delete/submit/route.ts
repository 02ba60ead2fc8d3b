export { closeForm as POST } from "@/lib/http/account-life";
