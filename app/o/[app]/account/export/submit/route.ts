export { exportForm as POST } from "@/lib/http/account-life";
