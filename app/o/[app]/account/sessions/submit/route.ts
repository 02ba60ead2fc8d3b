export { endSessionForm as POST } from "@/lib/hosted/account/account";
