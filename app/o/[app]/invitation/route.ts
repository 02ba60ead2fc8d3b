export { invitationLink as GET } from "@/lib/http/mailed-links";
