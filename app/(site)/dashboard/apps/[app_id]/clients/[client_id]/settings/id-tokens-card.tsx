// What the client is told about who signed in.
import { DurationField } from "@/app/_ui/duration-field";
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { changeIdTokensAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

const ALGS = [
  { value: "RS256", label: "RS256: every library knows it" },
  { value: "ES256", label: "ES256: shorter, for modern ones" },
];

export function IdTokensCard({ client, ...form }: ClientCardProps) {
  return (
    <FormCard
      title="Sign-in"
      description="What it is told about who signed in, and when."
      action={changeIdTokensAction}
      {...form}
    >
      <FormSelect
        label="ID tokens are signed with"
        name="id_token_signed_response_alg"
        options={ALGS}
        defaultValue={client.id_token_signed_response_alg}
      />
      <FormSwitch
        label="Profile and e-mail in the ID token"
        name="claims_in_id_token"
        defaultOn={client.claims_in_id_token}
        hint="Switched off, it learns them from userinfo alone, and they pass through no browser."
      />
      <FormSwitch
        label="Always say when the user signed in"
        name="require_auth_time"
        defaultOn={client.require_auth_time}
        hint="auth_time in each ID token, also when it was not asked for."
      />
      <DurationField
        label="Oldest sign-in that will do"
        name="default_max_age"
        defaultSeconds={client.default_max_age}
        hint="Whoever signed in longer ago signs in again. Empty: as long as their session lives."
        optional
      />
    </FormCard>
  );
}
