// ID tokens and userinfo responses of an application.
import { DurationField } from "@/app/_ui/duration-field";
import { FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import { FOYER_ALGS } from "./algorithms";
import type { SectionProps } from "./section-props";

const USERINFO_ALGS = [{ value: "", label: "Not signed: plain JSON" }, ...FOYER_ALGS];

export function IdTokensSection({ client }: SectionProps) {
  return (
    <Section title="ID tokens" description="What the application learns about the user and the sign-in.">
      <FormSelect
        label="Algorithm of ID tokens"
        name="id_token_signed_response_alg"
        options={FOYER_ALGS}
        defaultValue={client.id_token_signed_response_alg}
      />
      <FormSelect
        label="Algorithm of userinfo responses"
        name="userinfo_signed_response_alg"
        options={USERINFO_ALGS}
        defaultValue={client.userinfo_signed_response_alg ?? ""}
      />
      <FormSwitch
        label="Include profile and email in ID tokens"
        name="claims_in_id_token"
        defaultOn={client.claims_in_id_token}
        hint="When disabled, the application gets these claims only from the UserInfo endpoint."
      />
      <FormSwitch
        label="Always include auth_time"
        name="require_auth_time"
        defaultOn={client.require_auth_time}
        hint="The time of the sign-in, even if the application doesn’t request it."
      />
      <DurationField
        label="Maximum authentication age"
        name="default_max_age"
        defaultSeconds={client.default_max_age}
        hint="Users whose last sign-in is older must sign in again. Without a value, any active session is accepted."
        optional
      />
    </Section>
  );
}
