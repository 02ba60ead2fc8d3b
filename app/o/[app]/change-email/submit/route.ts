export { changeEmailForm as POST } from "@/lib/http/link-forms";
