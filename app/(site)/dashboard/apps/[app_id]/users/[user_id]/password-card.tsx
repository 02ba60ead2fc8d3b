// Form to set the user's password.
import { FormCard } from "@/app/_ui/form-card";
import { PasswordField } from "@/app/_ui/password-field";
import { setPasswordAction } from "./actions";
import type { UserCardProps } from "./card-props";

export function PasswordCard({ hidden, readOnly, minimumBytes }: UserCardProps & { minimumBytes: number }) {
  return (
    <FormCard
      title="Password"
      description="Setting a password signs the user out everywhere. No email is sent."
      action={setPasswordAction}
      hidden={hidden}
      readOnly={readOnly}
      submit="Set password"
      success="Password set"
    >
      <div className="max-w-sm">
        <PasswordField
          name="password"
          label="New password"
          autoComplete="new-password"
          hint={`At least ${minimumBytes} characters.`}
        />
      </div>
    </FormCard>
  );
}
