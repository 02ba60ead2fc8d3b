// Metadata of the user: custom JSON of the app's backend.
import { FormCard } from "@/app/_ui/form-card";
import { FormTextarea } from "@/app/_ui/form-field";
import { changeMetadataAction } from "./actions";
import type { UserCardProps } from "./card-props";

const fields = [
  { name: "metadata", label: "Private metadata", hint: "Only your backend and the dashboard can read it." },
  { name: "public_metadata", label: "Public metadata", hint: "The user’s access token can read it, too." },
] as const;

export function MetadataCard({ user, readOnly, hidden }: UserCardProps) {
  return (
    <FormCard
      title="Metadata"
      description="Custom JSON objects, up to 16 KiB each."
      action={changeMetadataAction}
      hidden={hidden}
      readOnly={readOnly}
      submit="Save metadata"
      success="Metadata saved"
    >
      {fields.map(({ name, label, hint }) => (
        <FormTextarea
          key={name}
          name={name}
          label={label}
          hint={hint}
          defaultValue={JSON.stringify(user[name], null, 2)}
          rows={5}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          style={{ fontFamily: "var(--font-mono)" }}
        />
      ))}
    </FormCard>
  );
}
