// Form to invite by email. It resets after each invitation.
import type { ReactNode } from "react";
import type { FormAction } from "@/app/_server/action";
import { FormField } from "@/app/_ui/form-field";
import { ResettingForm } from "@/app/_ui/resetting-form";
import { SubmitButton } from "@/app/_ui/submit-button";

/** `children`: additional fields. */
type InvitationFormProps<Result> = { appId: string; action: FormAction<Result>; children: ReactNode };

export function InvitationForm<Result>({ appId, action, children }: InvitationFormProps<Result>) {
  return (
    <ResettingForm action={action} hidden={{ app_id: appId }} success="Invitation sent">
      <FormField
        label="Email address"
        name="email"
        type="email"
        autoComplete="off"
        maxLength={320}
        dir="ltr"
        required
      />
      {children}
      <SubmitButton className="justify-self-start">Send invitation</SubmitButton>
    </ResettingForm>
  );
}
