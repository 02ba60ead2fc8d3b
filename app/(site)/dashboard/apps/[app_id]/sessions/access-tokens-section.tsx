// The type of access tokens, and nonces of DPoP.

import { FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { SettingsSectionProps } from "../settings/section-props";

const TYPES = [
  { value: "at+jwt", label: "at+jwt (RFC 9068)" },
  { value: "JWT", label: "JWT, for libraries that reject at+jwt" },
];

export function AccessTokensSection({ settings }: SettingsSectionProps) {
  return (
    <Section title="Access tokens" description="Servers that verify access tokens check their type.">
      <FormSelect
        label="Type (header typ)"
        name="access_token_typ"
        options={TYPES}
        defaultValue={settings.access_token_typ}
        hint="If you change it, change the check in your servers too. New tokens have the new type."
      />
      <FormSwitch
        label="Require a nonce in DPoP proofs"
        name="dpop_nonce"
        defaultOn={settings.dpop_nonce}
        hint="Proofs can’t be prepared in advance. Client libraries repeat the request with the nonce (RFC 9449 §8)."
      />
    </Section>
  );
}
