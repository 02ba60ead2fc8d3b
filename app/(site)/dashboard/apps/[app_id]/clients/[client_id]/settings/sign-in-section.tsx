// Where sign-ins start, and who learns that a session ended.
import { ListField } from "@/app/_ui/list-field";
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { SectionProps } from "./section-props";
import { UrlField } from "./url-field";

export function SignInSection({ client }: SectionProps) {
  return (
    <Section title="Sign-in and sign-out">
      <UrlField
        label="Sign-in start URL"
        name="initiate_login_uri"
        value={client.initiate_login_uri}
        hint="The page of the application that starts a sign-in, for links from elsewhere (OIDC Core §4)."
      />
      <ListField
        label="Default acr values"
        entry="acr value"
        name="default_acr_values"
        defaultValues={client.default_acr_values}
        hint="How strong a sign-in must be if a request doesn’t say so, the preferred value first."
        optional
      />
      <UrlField
        label="Back-channel logout URL"
        name="backchannel_logout_uri"
        value={client.backchannel_logout_uri}
        hint="Foyer sends a logout token there when a session of the user ends."
      />
      <FormSwitch
        label="Include the session ID in logout tokens"
        name="backchannel_logout_session_required"
        defaultOn={client.backchannel_logout_session_required}
        hint="The application then ends only this session of the user."
      />
    </Section>
  );
}
