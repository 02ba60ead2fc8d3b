// Access tokens of an application: DPoP, and signed introspection responses.
import { FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import { FOYER_ALGS } from "./algorithms";
import type { SectionProps } from "./section-props";

export function AccessTokensSection({ client }: SectionProps) {
  return (
    <Section title="Access tokens">
      <FormSwitch
        label="Require DPoP"
        name="dpop_bound_access_tokens"
        defaultOn={client.dpop_bound_access_tokens}
        hint="Access tokens are bound to a key of the application, so a stolen token can’t be used (RFC 9449)."
      />
      {!client.public && (
        <FormSelect
          label="Algorithm of introspection responses"
          name="introspection_signed_response_alg"
          options={FOYER_ALGS}
          hint="Applies if the application requests the response as JWT (RFC 9701)."
          defaultValue={client.introspection_signed_response_alg}
        />
      )}
    </Section>
  );
}
