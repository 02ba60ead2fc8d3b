// Form to create a custom claim.
import { ResettingForm } from "@/app/_ui/resetting-form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createClaimAction } from "./actions";
import { ClaimFields } from "./claim-fields";

export function NewClaim({ appId, scopes }: { appId: string; scopes: string[] }) {
  return (
    <ResettingForm action={createClaimAction} hidden={{ app_id: appId }} success="Claim created">
      <ClaimFields scopes={scopes} />
      <SubmitButton className="justify-self-start">Create claim</SubmitButton>
    </ResettingForm>
  );
}
