// A new password, set by somebody who is not its owner.
import { FormCard } from "@/app/_ui/form-card";
import { PasswordField } from "@/app/_ui/password-field";
import { setPasswordAction } from "./actions";
import type { UserCardProps } from "./card-props";

export function PasswordCard({ hidden, readOnly, minimumBytes }: UserCardProps & { minimumBytes: number }) {
  return (
    <FormCard
      title="Password"
      description="A new one signs the user out everywhere. Nobody is told: hand it over yourself."
      action={setPasswordAction}
      hidden={hidden}
      readOnly={readOnly}
      submit="Set password"
      success="The new password is set"
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
