// Sign-up settings: who may sign up, allowed email domains, email verification.

import { domainToUnicode } from "node:url";
import { FormSelect, FormTextarea } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { AppSettings } from "@/lib/apps/settings";
import type { SettingsSectionProps } from "../settings/section-props";

const POLICIES = [
  { value: "open", label: "Open: all users can sign up" },
  { value: "invite_only", label: "Invite only: only invited users can sign up" },
  { value: "closed", label: "Closed: no new users can sign up" },
] satisfies { value: AppSettings["signups"]; label: string }[];

export function SignUpSection({ settings }: SettingsSectionProps) {
  return (
    <Section
      title="Sign-up"
      description="These rules don’t apply to users that you add in the dashboard or with the API."
    >
      <FormSelect label="Who may sign up" name="signups" options={POLICIES} defaultValue={settings.signups} />
      <FormTextarea
        label="Allowed email domains"
        name="allowed_email_domains"
        subject="The line"
        hint="One domain per line. Without a value, all domains are allowed."
        placeholder="example.com"
        defaultValue={settings.allowed_email_domains.map(domainToUnicode).join("\n")}
        rows={3}
        spellCheck={false}
        optional
        dir="ltr"
      />
      <FormSwitch
        label="Require a verified email address"
        name="require_verified_email"
        defaultOn={settings.require_verified_email}
        hint="Users must verify their email address before they can sign in."
      />
    </Section>
  );
}
