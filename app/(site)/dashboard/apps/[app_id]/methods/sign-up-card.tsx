// Who may become a user, and who may come in.
import { domainToUnicode } from "node:url";
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect, FormTextarea } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { AppSettings } from "@/lib/apps/settings";
import type { SettingsCardProps } from "../settings/card-props";
import { changeSignUpAction } from "./actions";

const POLICIES = [
  { value: "open", label: "Open: anybody may sign up" },
  { value: "invite_only", label: "Invite only: you add people, nobody signs up" },
  { value: "closed", label: "Closed: nobody comes in addition" },
] satisfies { value: AppSettings["signups"]; label: string }[];

export function SignUpCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Admission"
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
        label="Only verified addresses"
        name="require_verified_email"
        defaultOn={settings.require_verified_email}
        hint="Whoever has not verified the address yet is asked to, before they come in."
      />
    </FormCard>
  );
}
