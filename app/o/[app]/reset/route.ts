export { resetLink as GET } from "@/lib/http/mailed-links";
