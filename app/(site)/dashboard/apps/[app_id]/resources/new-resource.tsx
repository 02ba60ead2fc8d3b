// Form to create a resource.
import { ResettingForm } from "@/app/_ui/resetting-form";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { createResourceAction } from "./actions";
import { ResourceFields } from "./resource-fields";

export function NewResource({ appId, scopes, usualTtl }: { appId: string; scopes: Scope[]; usualTtl: number }) {
  return (
    <ResettingForm action={createResourceAction} hidden={{ app_id: appId }} success="Resource created">
      <ResourceFields scopes={scopes} usualTtl={usualTtl} />
      <SubmitButton className="justify-self-start">Create resource</SubmitButton>
    </ResettingForm>
  );
}
