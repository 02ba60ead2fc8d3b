// The developer's authenticator app: added with a QR code, or removed.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { FactorSummary } from "@/lib/factors/factor";
import type { TotpEnrollment } from "@/lib/factors/totp/enrollment";
import { removeFactorAction, startTotpAction } from "./actions";
import { ConfirmAuthenticator } from "./confirm-authenticator";

type AuthenticatorCardProps = {
  factor: FactorSummary | undefined;
  /** The secret that waits for its first code. */
  enrollment: TotpEnrollment | null;
  canChange: boolean;
};

export function AuthenticatorCard({ factor, enrollment, canChange }: AuthenticatorCardProps) {
  return (
    <Card
      title="Authenticator app"
      description="An app on your phone shows a new code every 30 seconds."
      actions={factor && canChange && <RemoveDialog factorId={factor.id} />}
    >
      {factor ? <Added factor={factor} /> : <Missing enrollment={enrollment} canChange={canChange} />}
    </Card>
  );
}

function Added({ factor }: { factor: FactorSummary }) {
  return (
    <p className="text-sm text-ink-muted">
      Added <RelativeTime at={factor.createdAt} />
      {factor.lastUsedAt && (
        <>
          , last used <RelativeTime at={factor.lastUsedAt} />
        </>
      )}
      .
    </p>
  );
}

function Missing({ enrollment, canChange }: Pick<AuthenticatorCardProps, "enrollment" | "canChange">) {
  if (!canChange) return <p className="text-sm text-ink-muted">Not added.</p>;
  if (enrollment) return <ConfirmAuthenticator enrollment={enrollment} />;
  return (
    <Form action={startTotpAction}>
      <SubmitButton className="justify-self-start">Add authenticator app</SubmitButton>
    </Form>
  );
}

function RemoveDialog({ factorId }: { factorId: string }) {
  return (
    <ConfirmDialog
      trigger="Remove"
      triggerProps={{ variant: "secondary", size: "sm", "aria-label": "Remove the authenticator app" }}
      title="Remove the authenticator app?"
      action={removeFactorAction}
      hidden={{ factor_id: factorId }}
      confirm="Remove"
      success="Authenticator app removed"
    >
      <p>Your sign-ins no longer ask for its code. Without another factor, your recovery codes stop working too.</p>
    </ConfirmDialog>
  );
}
