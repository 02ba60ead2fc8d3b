// Who may become a user, and with what.
import { domainToUnicode } from "node:url";
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormSelect, FormTextarea } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { AppSettings } from "@/lib/apps/settings";
import { changeSignUpAction } from "./actions";

const POLICIES = [
  { value: "open", label: "Open: anybody may sign up" },
  { value: "invite_only", label: "Invite only: you add people, nobody signs up" },
  { value: "closed", label: "Closed: nobody comes in addition" },
] satisfies { value: AppSettings["signups"]; label: string }[];

export interface SettingsCardProps {
  settings: AppSettings;
  hidden: Record<string, string>;
  readOnly: boolean;
  success: string;
  beside: boolean;
}

export function SignUpCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Sign-up and sign-in"
      description="Users you add yourself, here or by API, are always welcome."
      action={changeSignUpAction}
      {...form}
    >
      <FormSelect label="Who may sign up" name="signups" options={POLICIES} defaultValue={settings.signups} />
      <FormTextarea
        label="Allowed e-mail domains"
        name="allowed_email_domains"
        subject="The line"
        hint="One per line. Empty: any domain."
        placeholder="example.com"
        defaultValue={settings.allowed_email_domains.map(domainToUnicode).join("\n")}
        rows={3}
        spellCheck={false}
        optional
        dir="ltr"
      />
      <FormSwitch
        label="Passwords"
        name="credentials"
        defaultOn={settings.methods.password}
        hint="Switched off, nobody can sign up with a password or log in with one."
      />
      <div className="max-w-72">
        <FormField
          label="Shortest password"
          name="shortest"
          subject="The length"
          hint="8 to 64 characters."
          inputMode="numeric"
          autoComplete="off"
          defaultValue={String(settings.password_minimum_bytes)}
        />
      </div>
    </FormCard>
  );
}
