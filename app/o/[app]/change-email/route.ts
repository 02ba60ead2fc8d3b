export { changeEmailLink as GET } from "@/lib/hosted/links/pages";
