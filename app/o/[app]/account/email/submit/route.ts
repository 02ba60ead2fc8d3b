export { emailForm as POST } from "@/lib/hosted/account/lifecycle";
