export { changeEmailForm as POST } from "@/lib/hosted/links/forms";
