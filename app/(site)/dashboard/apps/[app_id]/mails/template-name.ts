/** Names of the email templates. */
import type { EmailTemplateName } from "@/lib/mail/render";

const NAMES: Record<EmailTemplateName, string> = {
  magic_link: "Magic link",
  sign_in_code: "Sign-in code",
  verify_email: "Email verification",
  reset_password: "Password reset",
  password_changed: "Password changed",
  password_removed: "Password removed",
  password_kept: "Password kept",
  new_sign_in: "New sign-in",
  confirm_address: "New email address",
  address_changed: "Email address changed",
  second_factor_code: "Second factor code",
  factor_changed: "Second factor changed",
  account_exists: "Account already exists",
  user_invitation: "Invitation",
  member_invitation: "Team invitation",
};

export function templateName(template: string): string {
  return NAMES[template as EmailTemplateName] ?? template;
}
