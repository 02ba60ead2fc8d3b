// The user's second factors and passkeys, for an owner who helps a user that lost them.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { formatCount } from "@/app/_ui/format-count";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { FactorType } from "@/lib/apps/settings";
import type { FactorSummary } from "@/lib/factors/factor";
import { removeFactorAction, resetFactorsAction } from "./actions";
import type { UserCardProps } from "./card-props";

const LABELS: Record<FactorType, string> = {
  totp: "Authenticator app",
  email: "Emailed codes",
  passkey: "Passkey",
};

type FactorsCardProps = Pick<UserCardProps, "hidden" | "readOnly"> & { factors: FactorSummary[]; codesLeft: number };

export function FactorsCard({ factors, codesLeft, hidden, readOnly }: FactorsCardProps) {
  const hasAny = factors.length > 0;
  return (
    <Card
      title="Second factors"
      description={hasAny ? `${formatCount(codesLeft, "recovery code")} left.` : undefined}
      actions={hasAny && !readOnly && <ResetDialog hidden={hidden} />}
    >
      {!hasAny ? (
        <p className="text-sm text-ink-muted">No second factor and no passkey.</p>
      ) : (
        <ul className="-my-3 divide-y divide-line">
          {factors.map((factor) => (
            <Factor key={factor.id} factor={factor} hidden={hidden} readOnly={readOnly} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Factor({ factor, hidden, readOnly }: Pick<UserCardProps, "hidden" | "readOnly"> & { factor: FactorSummary }) {
  const label = LABELS[factor.type as FactorType];
  const name = factor.name ? `${label} “${factor.name}”` : label;
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium">
          {label}
          {factor.name && (
            <span dir="auto" className="font-normal break-words">
              {" "}
              · {factor.name}
            </span>
          )}
        </p>
        <p className="text-ink-muted">
          Added <RelativeTime at={factor.createdAt} /> ·{" "}
          {factor.lastUsedAt ? (
            <>
              last used <RelativeTime at={factor.lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </p>
      </div>
      {!readOnly && (
        <ConfirmDialog
          trigger="Remove"
          triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Remove ${name}` }}
          title={`Remove ${name}?`}
          action={removeFactorAction}
          hidden={{ ...hidden, factor_id: factor.id }}
          confirm="Remove"
          success="Second factor removed"
        >
          <p>The user can no longer use it and gets an email about the change. Sessions stay active.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function ResetDialog({ hidden }: Pick<UserCardProps, "hidden">) {
  return (
    <ConfirmDialog
      trigger="Reset all"
      triggerProps={{ variant: "secondary", size: "sm" }}
      title="Reset all second factors of this user?"
      action={resetFactorsAction}
      hidden={hidden}
      confirm="Reset all"
      success="Second factors reset"
    >
      <p>
        This removes authenticator apps, passkeys, recovery codes and remembered browsers. First make sure that the
        request really comes from the user: afterwards the password or link alone is enough to sign in. The user gets an
        email.
      </p>
    </ConfirmDialog>
  );
}
