// Description and flags of a scope.
import { FormField } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { Scope } from "@/lib/oauth/scopes/descriptions";

export function ScopeFields({ scope }: { scope?: Scope }) {
  return (
    <>
      <FormField
        label="Description"
        name="description"
        hint="Users read this on the consent page."
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
        hint="The consent page highlights this scope."
      />
      <FormSwitch
        label="Optional"
        name="optional"
        defaultOn={scope?.optional}
        hint="Users can decline this scope and allow the others."
      />
    </>
  );
}
