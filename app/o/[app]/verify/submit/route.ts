export { verifyForm as POST } from "@/lib/http/link-forms";
