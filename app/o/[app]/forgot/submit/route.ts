export { forgotForm as POST } from "@/lib/http/asking-forms";
