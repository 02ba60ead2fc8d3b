// Fields of a custom claim: name, source, scope and targets.
import { CheckList } from "@/app/_ui/check-list";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import type { CustomClaim } from "@/lib/claims/claim";
import { SOURCE_KINDS, sourceFields } from "./sources";
import { TARGETS } from "./targets";

export type ClaimItem = Pick<CustomClaim, "id" | "name" | "source" | "scope" | "targets">;

type ClaimFieldsProps = { claim?: ClaimItem; scopes: string[] };

export function ClaimFields({ claim, scopes }: ClaimFieldsProps) {
  const { kind, value } = claim ? sourceFields(claim.source) : { kind: "public_metadata", value: "" };
  const options = [{ value: "", label: "Every token" }, ...scopes.map((name) => ({ value: name, label: name }))];
  return (
    <>
      <FormField
        label="Name"
        name="name"
        placeholder="https://example.com/plan"
        hint="The name in tokens. A URL of yours avoids conflicts."
        defaultValue={claim?.name}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        required
      />
      <FormSelect label="Source" name="source_kind" options={SOURCE_KINDS} defaultValue={kind} />
      <FormField
        label="Value"
        name="source_value"
        placeholder="plan"
        hint="The member of the metadata, the standard claim (such as locale), or the constant as text or JSON."
        defaultValue={value}
        maxLength={5000}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        required
      />
      <FormSelect
        label="Scope"
        name="scope"
        options={options}
        hint="With a scope, only tokens that have it contain the claim."
        defaultValue={claim?.scope ?? ""}
      />
      <CheckList
        label="Appears in"
        name="targets"
        options={TARGETS}
        defaultChecked={claim?.targets ?? ["id_token", "userinfo"]}
      />
    </>
  );
}
