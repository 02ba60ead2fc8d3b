// Passkeys, also on an app's own pages.
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { SettingsCardProps } from "../settings/card-props";
import { changePasskeysAction } from "./actions";

export function PasskeysCard({ settings, host, ...form }: SettingsCardProps & { host: string }) {
  return (
    <FormCard
      title="Passkeys"
      description="Users sign in with their device instead of a password. Phishing pages can’t use passkeys."
      action={changePasskeysAction}
      {...form}
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
    </FormCard>
  );
}
