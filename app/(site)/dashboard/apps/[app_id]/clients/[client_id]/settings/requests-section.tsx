// Authorization requests and responses: pushed, signed and encoded (RFC 9126, RFC 9101, JARM).
import { FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import { CLIENT_ALGS, FOYER_ALGS } from "./algorithms";
import type { SectionProps } from "./section-props";

export function RequestsSection({ client }: SectionProps) {
  return (
    <Section
      title="Authorization requests"
      description="High-security profiles, such as FAPI 2, require some of these."
    >
      <FormSwitch
        label="Require pushed requests (PAR)"
        name="require_pushed_authorization_requests"
        defaultOn={client.require_pushed_authorization_requests}
        hint="The application sends the parameters to Foyer directly, not through the browser (RFC 9126)."
      />
      <FormSwitch
        label="Require signed requests (JAR)"
        name="require_signed_request_object"
        defaultOn={client.require_signed_request_object}
        hint="The parameters must be signed with one of the application’s keys (RFC 9101)."
      />
      <FormSelect
        label="Algorithm of signed requests"
        name="request_object_signing_alg"
        options={CLIENT_ALGS}
        defaultValue={client.request_object_signing_alg ?? ""}
      />
      <FormSelect
        label="Algorithm of signed responses (JARM)"
        name="authorization_signed_response_alg"
        options={FOYER_ALGS}
        hint="Applies if the application requests a jwt response mode."
        defaultValue={client.authorization_signed_response_alg}
      />
    </Section>
  );
}
