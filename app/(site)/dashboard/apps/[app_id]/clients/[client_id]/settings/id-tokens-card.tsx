// ID token settings of a client.
import { DurationField } from "@/app/_ui/duration-field";
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { changeIdTokensAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

const ALGS = [
  { value: "RS256", label: "RS256 (supported by all libraries)" },
  { value: "ES256", label: "ES256 (shorter signatures)" },
];

export function IdTokensCard({ client, ...form }: ClientCardProps) {
  return (
    <FormCard
      title="ID tokens"
      description="What the client learns about the user and the sign-in."
      action={changeIdTokensAction}
      {...form}
    >
      <FormSelect
        label="Signing algorithm"
        name="id_token_signed_response_alg"
        options={ALGS}
        defaultValue={client.id_token_signed_response_alg}
      />
      <FormSwitch
        label="Include profile and email in ID tokens"
        name="claims_in_id_token"
        defaultOn={client.claims_in_id_token}
        hint="When disabled, the client gets these claims only from the UserInfo endpoint."
      />
      <FormSwitch
        label="Always include auth_time"
        name="require_auth_time"
        defaultOn={client.require_auth_time}
        hint="The time of the sign-in, even if the client doesn’t request it."
      />
      <DurationField
        label="Maximum authentication age"
        name="default_max_age"
        defaultSeconds={client.default_max_age}
        hint="Users whose last sign-in is older must sign in again. Without a value, any active session is accepted."
        optional
      />
    </FormCard>
  );
}
