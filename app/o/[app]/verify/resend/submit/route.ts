export { verifyAgainForm as POST } from "@/lib/http/asking-forms";
