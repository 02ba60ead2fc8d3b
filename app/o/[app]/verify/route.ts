export { verifyLink as GET } from "@/lib/http/mailed-links";
