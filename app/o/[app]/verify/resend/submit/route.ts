export { verifyAgainForm as POST } from "@/lib/hosted/forms/recovery";
