// Name, logo and links of a client, which users see on the consent page.
import { FormCard } from "@/app/_ui/form-card";
import { FormField } from "@/app/_ui/form-field";
import { changeBasicsAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

type Link = { label: string; name: "client_uri" | "logo_uri" | "policy_uri" | "tos_uri"; hint?: string };

const LINKS: Link[] = [
  { label: "Website", name: "client_uri" },
  { label: "Logo URL", name: "logo_uri", hint: "Foyer shows only https images." },
  { label: "Privacy policy URL", name: "policy_uri" },
  { label: "Terms of service URL", name: "tos_uri" },
];

export function BasicsCard({ client, ...form }: ClientCardProps) {
  return (
    <FormCard
      title="General"
      description="Users see this on the consent page and on their account page."
      action={changeBasicsAction}
      {...form}
    >
      <FormField
        label="Name"
        name="client_name"
        defaultValue={client.client_name}
        maxLength={200}
        autoComplete="off"
        required
      />
      {LINKS.map(({ label, name, hint }) => (
        <FormField
          key={name}
          label={label}
          name={name}
          subject="The URL"
          hint={hint}
          defaultValue={client[name] ?? ""}
          placeholder="https://"
          maxLength={2000}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          optional
        />
      ))}
    </FormCard>
  );
}
