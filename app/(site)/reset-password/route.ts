export { resetLink as GET } from "@/lib/hosted/links/pages";
