// A new password; the present one is asked, since an open laptop proves nothing.
import { Form } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changePasswordAction } from "./actions";

type PasswordFormProps = { email: string | null; minimumBytes: number };

export function PasswordForm({ email, minimumBytes }: PasswordFormProps) {
  return (
    <Form
      action={changePasswordAction}
      success="Your password was changed, and your other sessions were ended"
      className="grid max-w-md gap-5"
    >
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" defaultValue={email ?? ""} readOnly hidden />
      <PasswordField name="current_password" label="Present password" subject="This" autoComplete="current-password" />
      <PasswordField
        name="new_password"
        label="New password"
        autoComplete="new-password"
        hint={`At least ${minimumBytes} characters, and none of those that everybody tries first.`}
      />
      <div>
        <SubmitButton variant="secondary">Change password</SubmitButton>
      </div>
    </Form>
  );
}
