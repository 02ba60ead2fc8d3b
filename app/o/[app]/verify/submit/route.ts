export { verifyForm as POST } from "@/lib/hosted/links/forms";
