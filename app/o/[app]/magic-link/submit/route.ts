export { magicLinkForm as POST } from "@/lib/http/magic-link";
