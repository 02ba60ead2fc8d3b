export { magicCodeForm as POST } from "@/lib/hosted/forms/magic-link";
