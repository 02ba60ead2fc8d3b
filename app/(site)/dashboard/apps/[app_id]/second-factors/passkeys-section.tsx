// Passkeys, also on an app's own pages.

import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { SettingsSectionProps } from "../settings/section-props";

export function PasskeysSection({ settings, host }: SettingsSectionProps & { host: string }) {
  return (
    <Section
      title="Passkeys"
      description="Users sign in with their device instead of a password. Phishing pages can’t use passkeys."
    >
      <FormSwitch
        label="Enable passkeys"
        name="passkeys"
        defaultOn={settings.passkeys}
        hint="The hosted pages offer them at sign-in, and on the account page."
      />
      <FormField
        label="Domain of passkeys"
        name="passkey_rp_id"
        placeholder={host}
        hint={`Only for passkeys on your own pages. Without a value, passkeys belong to ${host}. Existing passkeys don’t work after a change.`}
        defaultValue={settings.passkey_rp_id ?? ""}
        spellCheck={false}
        dir="ltr"
        optional
      />
      <FormTextarea
        label="Origins of your own pages"
        name="passkey_origins"
        subject="The line"
        hint="One origin per line. Each host must be the domain of passkeys or a subdomain of it."
        placeholder="https://www.example.com"
        defaultValue={settings.passkey_origins.join("\n")}
        rows={2}
        spellCheck={false}
        dir="ltr"
        optional
      />
    </Section>
  );
}
