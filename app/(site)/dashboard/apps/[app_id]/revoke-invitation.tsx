// Button to revoke a pending invitation, after a confirmation.
import type { FormAction } from "@/app/_server/action";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";

type RevokeInvitationProps<Result> = {
  email: string | null;
  action: FormAction<Result>;
  hidden: { app_id: string; invitation_id: string };
};

export function RevokeInvitation<Result>({ email, action, hidden }: RevokeInvitationProps<Result>) {
  return (
    <ConfirmDialog
      trigger="Revoke"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Revoke invitation for ${email}` }}
      title="Revoke this invitation?"
      action={action}
      hidden={hidden}
      confirm="Revoke invitation"
      success="Invitation revoked"
    >
      <p>The link in the email to {email} stops working.</p>
    </ConfirmDialog>
  );
}
