export { invitationForm as POST } from "@/lib/http/link-forms";
