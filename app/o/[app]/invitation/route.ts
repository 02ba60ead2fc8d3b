export { invitationLink as GET } from "@/lib/hosted/links/pages";
