export { exportForm as POST } from "@/lib/hosted/account/lifecycle";
