export { closeForm as POST } from "@/lib/hosted/account/lifecycle";
