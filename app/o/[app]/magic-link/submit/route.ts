export { magicLinkForm as POST } from "@/lib/hosted/forms/magic-link";
