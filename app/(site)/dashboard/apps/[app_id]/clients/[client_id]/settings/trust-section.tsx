// Whose application it is, and whether it is an API.

import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { SectionProps } from "./section-props";

export function TrustSection({ client }: SectionProps) {
  return (
    <Section title="Trust" description="Enable these only for applications of your own.">
      <FormSwitch
        label="First-party"
        name="first_party"
        defaultOn={client.first_party}
        hint="This is your own application, so users aren’t asked for consent. Never enable this for a third party."
      />
      {!client.public && (
        <FormSwitch
          label="Resource server"
          name="resource_server"
          defaultOn={client.resource_server}
          hint="This is your own API, so it may introspect all access tokens of this app, not only its own."
        />
      )}
    </Section>
  );
}
