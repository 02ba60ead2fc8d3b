export { verifyLink as GET } from "@/lib/hosted/links/pages";
