// Form for the domain of a publisher.
import { FormField } from "@/app/_ui/form-field";
import { ResettingForm } from "@/app/_ui/resetting-form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { setDomainAction } from "./actions";

export function DomainForm({ hidden, isFirst }: { hidden: Record<string, string>; isFirst: boolean }) {
  return (
    <ResettingForm action={setDomainAction} hidden={hidden} success="Domain saved">
      <FormField
        label="Domain"
        name="domain"
        placeholder="example.com"
        hint="Without https:// and path."
        maxLength={300}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        dir="ltr"
        required
      />
      <SubmitButton variant={isFirst ? "primary" : "secondary"} className="justify-self-start">
        {isFirst ? "Continue" : "Change domain"}
      </SubmitButton>
    </ResettingForm>
  );
}
