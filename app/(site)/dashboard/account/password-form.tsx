// Password change form. It requires the current password, since a session alone isn't enough proof.
import { Form } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changePasswordAction } from "./actions";

type PasswordFormProps = { email: string | null; minimumBytes: number };

export function PasswordForm({ email, minimumBytes }: PasswordFormProps) {
  return (
    <Form
      action={changePasswordAction}
      success="Password changed. Your other sessions were signed out."
      className="grid max-w-md gap-5"
    >
      {/* Tells password managers the account's email address. */}
      <input type="text" autoComplete="username" defaultValue={email ?? ""} readOnly hidden />
      <PasswordField name="current_password" label="Current password" autoComplete="current-password" />
      <PasswordField
        name="new_password"
        label="New password"
        autoComplete="new-password"
        hint={`At least ${minimumBytes} characters. Common passwords are rejected.`}
      />
      <div>
        <SubmitButton variant="secondary">Change password</SubmitButton>
      </div>
    </Form>
  );
}
