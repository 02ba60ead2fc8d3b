export { magicCodeForm as POST } from "@/lib/http/magic-link";
