import { FormField } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { Scope } from "@/lib/oauth/scopes/scopes";

/** The sentence and the marks of a scope. */
export function ScopeFields({ scope }: { scope?: Scope }) {
  return (
    <>
      <FormField
        label="Sentence"
        name="description"
        hint="What users read on the consent page."
        placeholder="See your photos"
        defaultValue={scope?.description}
        maxLength={200}
        autoComplete="off"
        required
      />
      <FormSwitch
        label="Sensitive"
        name="sensitive"
        defaultOn={scope?.sensitive}
        hint="Marked on the consent page, so that nobody allows it without looking."
      />
      <FormSwitch
        label="Optional"
        name="optional"
        defaultOn={scope?.optional}
        hint="Users may untick it and allow the rest."
      />
    </>
  );
}
