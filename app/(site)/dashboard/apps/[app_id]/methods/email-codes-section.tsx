// Settings of sign-in with an emailed code.
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import { SIGN_IN_EMAIL_MINUTES } from "@/lib/signin/sign-in-email";
import type { SettingsSectionProps } from "../settings/section-props";

export function EmailCodesSection({ settings }: SettingsSectionProps) {
  return (
    <Section
      title="Emailed codes"
      description={`Sign-in with a 6-digit code from an email without a link. The code works once and expires after ${SIGN_IN_EMAIL_MINUTES} minutes.`}
    >
      <FormSwitch
        label="Enable emailed codes"
        name="email_code"
        defaultOn={settings.methods.email_code}
        hint="On the hosted pages, magic links take precedence: their emails contain a code too. Your own pages can use both."
      />
    </Section>
  );
}
