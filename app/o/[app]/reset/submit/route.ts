export { resetForm as POST } from "@/lib/http/link-forms";
