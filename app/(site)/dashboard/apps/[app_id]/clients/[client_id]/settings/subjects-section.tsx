// User IDs that an application sees (OIDC Core §8).
import { FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import type { SectionProps } from "./section-props";
import { UrlField } from "./url-field";

const TYPES = [
  { value: "public", label: "The same ID as in every application (public)" },
  { value: "pairwise", label: "An ID of its own (pairwise)" },
];

export function SubjectsSection({ client }: SectionProps) {
  return (
    <Section title="User IDs" description="Whether applications can recognize the same user.">
      <FormSelect
        label="Subject type"
        name="subject_type"
        options={TYPES}
        hint="Changing it changes the ID of every user in this application."
        defaultValue={client.subject_type}
      />
      <UrlField
        label="Sector identifier URL"
        name="sector_identifier_uri"
        value={client.sector_identifier_uri}
        hint="A JSON list of redirect URIs. Needed for pairwise IDs if the redirect URIs have several hosts."
      />
    </Section>
  );
}
