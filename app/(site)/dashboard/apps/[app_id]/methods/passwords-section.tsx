// Password settings.

import { FormField } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { SettingsSectionProps } from "../settings/section-props";

export function PasswordsSection({ settings }: SettingsSectionProps) {
  return (
    <Section title="Passwords" description="Sign-in with email address and password, by API and on hosted pages.">
      <FormSwitch
        label="Enable passwords"
        name="credentials"
        defaultOn={settings.methods.password}
        hint="When disabled, sign-ups and sign-ins with a password are rejected."
      />
      <div className="max-w-72">
        <FormField
          label="Minimum password length"
          name="shortest"
          hint="8 to 64 characters."
          inputMode="numeric"
          autoComplete="off"
          defaultValue={String(settings.password_minimum_bytes)}
        />
      </div>
      <FormSwitch
        label="Reject leaked passwords"
        name="leaks"
        defaultOn={settings.breached_passwords}
        hint="New passwords are compared with published leaks. Only 5 characters of a password’s hash leave Foyer. If the service doesn’t respond, the password is accepted and an event says so."
      />
      <FormSwitch
        label="Send a verification email"
        name="verify_email_on_signup"
        defaultOn={settings.verify_email_on_signup}
        hint="Users who sign up with a password get a link to verify their email address."
      />
    </Section>
  );
}
