// Settings of sign-in with an emailed code.
import { FormCard } from "@/app/_ui/form-card";
import { FormSwitch } from "@/app/_ui/switch";
import { SIGN_IN_EMAIL_MINUTES } from "@/lib/signin/sign-in-email";
import type { SettingsCardProps } from "../settings/card-props";
import { changeEmailCodesAction } from "./actions";

export function EmailCodesCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Emailed codes"
      description={`Sign-in with a 6-digit code from an email without a link. The code works once and expires after ${SIGN_IN_EMAIL_MINUTES} minutes.`}
      action={changeEmailCodesAction}
      {...form}
    >
      <FormSwitch
        label="Enable emailed codes"
        name="email_code"
        defaultOn={settings.methods.email_code}
        hint="On the hosted pages, magic links take precedence: their emails contain a code too. Your own pages can use both."
      />
    </FormCard>
  );
}
