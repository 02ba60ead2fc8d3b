// When users must confirm a sign-in, and with what.

import { CheckList } from "@/app/_ui/check-list";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import type { AppSettings } from "@/lib/apps/settings";
import type { SettingsSectionProps } from "../settings/section-props";

const POLICIES = [
  { value: "off", label: "Off: no sign-in asks for a second factor" },
  { value: "optional", label: "Optional: asks users who added one" },
  { value: "required", label: "Required: users without one must add one" },
] satisfies { value: AppSettings["mfa"]; label: string }[];

const METHODS = [
  {
    value: "totp",
    label: "Authenticator app",
    description: "A code that changes every 30 seconds, for example in Google Authenticator or 1Password.",
  },
  {
    value: "passkey",
    label: "Passkey",
    description: "The fingerprint, face or PIN of the user’s device. A sign-in with a passkey needs nothing else.",
  },
  {
    value: "email",
    label: "Emailed code",
    description: "Weaker: a person who can read the user’s email has it. It never follows a magic link.",
  },
] satisfies { value: AppSettings["mfa_methods"][number]; label: string; description: string }[];

export function PolicySection({ settings }: SettingsSectionProps) {
  const isStuck = settings.mfa === "required" && settings.mfa_methods.join() === "email";
  const emailed = settings.methods.magic_link || settings.methods.email_code;
  return (
    <Section
      title="Second factors"
      description="After the password, link or provider, the user confirms with something else."
    >
      <FormSelect label="Second factor" name="mfa" options={POLICIES} defaultValue={settings.mfa} />
      {isStuck && emailed && <Stuck />}
      <CheckList label="Methods" name="mfa_methods" options={METHODS} defaultChecked={settings.mfa_methods} />
      <FormField
        label="Days until a remembered browser is asked again"
        subject="The number of days"
        name="mfa_remember_days"
        inputMode="numeric"
        hint="Users can choose to skip the second factor in their own browser for this long. 0: they are always asked."
        defaultValue={String(settings.mfa_remember_days)}
      />
    </Section>
  );
}

function Stuck() {
  return (
    <p role="note" className="rounded-md bg-warning-soft px-4 py-3 text-sm text-warning">
      Users who sign in with an emailed link or code can’t continue: one mailbox is one factor. Add another method.
    </p>
  );
}
