// What the App's backend keeps about the user.
import { FormCard } from "@/app/_ui/form-card";
import { FormTextarea } from "@/app/_ui/form-field";
import { changeMetadataAction } from "./actions";
import type { UserCardProps } from "./card-props";

const fields = [
  { name: "metadata", label: "Private", hint: "Only your backend and this page see it." },
  { name: "public_metadata", label: "Public", hint: "The user’s own token sees it too." },
] as const;

export function MetadataCard({ user, readOnly, hidden }: UserCardProps) {
  return (
    <FormCard
      title="Metadata"
      description="JSON objects of your own, 16 KiB each."
      action={changeMetadataAction}
      hidden={hidden}
      readOnly={readOnly}
      success="The metadata is saved"
    >
      {fields.map(({ name, label, hint }) => (
        <FormTextarea
          key={name}
          name={name}
          label={label}
          subject="This"
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
