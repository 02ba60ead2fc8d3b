// Who the client is, to the users whom it asks.
import { FormCard } from "@/app/_ui/form-card";
import { FormField } from "@/app/_ui/form-field";
import { changeBasicsAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

type Link = { label: string; name: "client_uri" | "logo_uri" | "policy_uri" | "tos_uri"; hint?: string };

const LINKS: Link[] = [
  { label: "Website", name: "client_uri" },
  { label: "Logo", name: "logo_uri", hint: "The address of a picture. Shown where it comes by https." },
  { label: "Privacy policy", name: "policy_uri" },
  { label: "Terms of service", name: "tos_uri" },
];

export function BasicsCard({ client, ...form }: ClientCardProps) {
  return (
    <FormCard
      title="Basics"
      description="What users see when it asks them, and on their account page."
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
          subject="The address"
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
