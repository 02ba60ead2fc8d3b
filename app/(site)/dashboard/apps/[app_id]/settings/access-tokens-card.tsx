// The type of access tokens.
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import { changeAccessTokensAction } from "./actions";
import type { SettingsCardProps } from "./card-props";

const TYPES = [
  { value: "at+jwt", label: "at+jwt (RFC 9068)" },
  { value: "JWT", label: "JWT, for libraries that reject at+jwt" },
];

export function AccessTokensCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Access tokens"
      description="Servers that verify access tokens check their type."
      action={changeAccessTokensAction}
      {...form}
    >
      <FormSelect
        label="Type (header typ)"
        name="access_token_typ"
        options={TYPES}
        defaultValue={settings.access_token_typ}
        hint="If you change it, change the check in your servers too. New tokens have the new type."
      />
    </FormCard>
  );
}
