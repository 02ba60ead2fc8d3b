export { changeEmailLink as GET } from "@/lib/http/mailed-links";
