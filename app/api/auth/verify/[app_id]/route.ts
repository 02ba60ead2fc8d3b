export { openLink as GET, useLink as POST } from "@/lib/hosted/links/magic-link";
