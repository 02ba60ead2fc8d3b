export { invitationForm as POST } from "@/lib/hosted/links/forms";
