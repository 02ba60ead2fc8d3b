/** The list of all email templates, and the data that each needs. */
import { type AccountExists, accountExists } from "./account-exists";
import { type AddressChanged, addressChanged } from "./address-changed";
import { type ConfirmAddress, confirmAddress } from "./confirm-address";
import { type FactorChanged, factorChanged } from "./factor-changed";
import { type MagicLink, magicLink } from "./magic-link";
import { type MemberInvitation, memberInvitation } from "./member-invitation";
import { type NewSignIn, newSignIn } from "./new-sign-in";
import { type PasswordChanged, passwordChanged } from "./password-changed";
import { type PasswordKept, passwordKept } from "./password-kept";
import { type PasswordRemoved, passwordRemoved } from "./password-removed";
import { type ResetPassword, resetPassword } from "./reset-password";
import { type SecondFactorCode, secondFactorCode } from "./second-factor-code";
import { type SignInCode, signInCode } from "./sign-in-code";
import type { EmailTemplate } from "./template";
import { type UserInvitation, userInvitation } from "./user-invitation";
import { type VerifyEmail, verifyEmail } from "./verify-email";

export interface EmailData {
  magic_link: MagicLink;
  sign_in_code: SignInCode;
  verify_email: VerifyEmail;
  reset_password: ResetPassword;
  password_changed: PasswordChanged;
  password_removed: PasswordRemoved;
  password_kept: PasswordKept;
  new_sign_in: NewSignIn;
  confirm_address: ConfirmAddress;
  address_changed: AddressChanged;
  second_factor_code: SecondFactorCode;
  factor_changed: FactorChanged;
  account_exists: AccountExists;
  user_invitation: UserInvitation;
  member_invitation: MemberInvitation;
}

export const TEMPLATES: { [Name in keyof EmailData]: EmailTemplate<EmailData[Name]> } = {
  magic_link: magicLink,
  sign_in_code: signInCode,
  verify_email: verifyEmail,
  reset_password: resetPassword,
  password_changed: passwordChanged,
  password_removed: passwordRemoved,
  password_kept: passwordKept,
  new_sign_in: newSignIn,
  confirm_address: confirmAddress,
  address_changed: addressChanged,
  second_factor_code: secondFactorCode,
  factor_changed: factorChanged,
  account_exists: accountExists,
  user_invitation: userInvitation,
  member_invitation: memberInvitation,
};
