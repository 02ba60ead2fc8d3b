export { openLink as GET, useLink as POST } from "@/lib/http/verify";
