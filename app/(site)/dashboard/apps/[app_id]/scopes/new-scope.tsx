// Form to create a scope.
import { FormField } from "@/app/_ui/form-field";
import { ResettingForm } from "@/app/_ui/resetting-form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createScopeAction } from "./actions";
import { ScopeFields } from "./scope-fields";

export function NewScope({ appId }: { appId: string }) {
  return (
    <ResettingForm action={createScopeAction} hidden={{ app_id: appId }} success="Scope created">
      <FormField
        label="Name"
        name="name"
        hint="The name in requests and tokens. You can’t change it later."
        placeholder="photos:read"
        maxLength={100}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        required
      />
      <ScopeFields />
      <SubmitButton className="justify-self-start">Create scope</SubmitButton>
    </ResettingForm>
  );
}
