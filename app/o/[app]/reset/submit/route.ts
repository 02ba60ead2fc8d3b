export { resetForm as POST } from "@/lib/hosted/links/forms";
