// Name, logo, links and contacts of an application.
import { FormField } from "@/app/_ui/form-field";
import { ListField } from "@/app/_ui/list-field";
import { Section } from "@/app/_ui/section";
import type { SectionProps } from "./section-props";
import { UrlField } from "./url-field";

export function GeneralSection({ client }: SectionProps) {
  return (
    <Section title="General" description="Users see this on the consent page and on their account page.">
      <FormField
        label="Name"
        name="client_name"
        defaultValue={client.client_name}
        maxLength={200}
        autoComplete="off"
        required
      />
      <UrlField label="Website" name="client_uri" value={client.client_uri} />
      <UrlField label="Logo URL" name="logo_uri" value={client.logo_uri} hint="Foyer shows only https images." />
      <UrlField label="Privacy policy URL" name="policy_uri" value={client.policy_uri} />
      <UrlField label="Terms of service URL" name="tos_uri" value={client.tos_uri} />
      <ListField
        label="Contacts"
        entry="Contact"
        name="contacts"
        defaultValues={client.contacts}
        placeholder="security@example.com"
        hint="Email addresses of people who are responsible for the application. Users don’t see them."
        optional
      />
    </Section>
  );
}
