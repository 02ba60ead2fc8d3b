/** What a mail is about, in a word or two. */
import type { EmailTemplateName } from "@/lib/mail/render";

const NAMES: Record<EmailTemplateName, string> = {
  magic_link: "Magic link",
  verify_email: "Verify address",
  reset_password: "Reset password",
  password_changed: "Password changed",
  new_sign_in: "New sign-in",
  confirm_address: "Confirm new address",
  address_changed: "Address changed",
  account_exists: "Account exists already",
  user_invitation: "Invitation",
  member_invitation: "Invitation to the team",
};

export function templateName(template: string): string {
  return NAMES[template as EmailTemplateName] ?? template;
}
