// The developer's passkeys.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { FactorSummary } from "@/lib/factors/factor";
import { removeFactorAction } from "./actions";
import { AddPasskey } from "./add-passkey";

type PasskeysCardProps = { passkeys: FactorSummary[]; isOffered: boolean; canChange: boolean };

export function PasskeysCard({ passkeys, isOffered, canChange }: PasskeysCardProps) {
  const none = passkeys.length === 0 && <p className="text-sm text-ink-muted">No passkeys yet.</p>;
  return (
    <Card title="Passkeys" description="Sign in with your fingerprint, your face or the lock of your device.">
      {passkeys.length > 0 && (
        <ul className="-my-3 divide-y divide-line">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} canChange={canChange} />
          ))}
        </ul>
      )}
      {isOffered && canChange ? <AddPasskey before={none} /> : none}
    </Card>
  );
}

function Passkey({ passkey, canChange }: { passkey: FactorSummary; canChange: boolean }) {
  const name = passkey.name ?? "Passkey";
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-40">
        <p dir="auto" className="font-medium break-words">
          {name}
        </p>
        <p className="text-ink-muted">
          Added <RelativeTime at={passkey.createdAt} />
          {passkey.lastUsedAt && (
            <>
              , last used <RelativeTime at={passkey.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      {canChange && (
        <ConfirmDialog
          trigger="Remove"
          triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Remove ${name}` }}
          title={`Remove ${name}?`}
          action={removeFactorAction}
          hidden={{ factor_id: passkey.id }}
          confirm="Remove"
          success="Passkey removed"
        >
          <p>You can no longer sign in with it. Delete it on your device too.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
