// Client secrets. Two can be active at the same time, for a rotation without downtime.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { listClientSecrets, MAX_ACTIVE_SECRETS } from "@/lib/oauth/clients/secrets";
import { revokeSecretAction } from "../actions";
import { RotateSecret } from "./rotate-secret";

type Secret = Awaited<ReturnType<typeof listClientSecrets>>[number];
type Hidden = Record<string, string>;

type SecretsCardProps = { appId: string; clientId: string; hidden: Hidden; readOnly: boolean };

export async function SecretsCard({ appId, clientId, hidden, readOnly }: SecretsCardProps) {
  const secrets = await listClientSecrets(appId, clientId);
  const several = secrets.length > 1;
  return (
    <Card
      title={several ? "Client secrets" : "Client secret"}
      description={
        several
          ? "Both secrets work. Revoke the older one when nothing uses it anymore."
          : "To rotate the secret, create a new one and deploy it. Both work until you revoke the old one."
      }
    >
      <ul className="-mt-1 mb-4 divide-y divide-line">
        {secrets.map((secret) => (
          <li
            key={secret.secret_id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3 text-sm"
          >
            <div className="min-w-0">
              <code className="font-mono text-xs break-all">{secret.prefix}…</code>
              <p className="text-ink-muted">
                Created <RelativeTime at={new Date(secret.created_at)} /> · <LastUsed secret={secret} />
              </p>
            </div>
            {!readOnly && several && <Revoke secret={secret} hidden={hidden} />}
          </li>
        ))}
      </ul>
      {!readOnly && <RotateSecret hidden={hidden} isFull={secrets.length >= MAX_ACTIVE_SECRETS} />}
    </Card>
  );
}

function LastUsed({ secret: { last_used_at: at } }: { secret: Secret }) {
  if (!at) return "never used";
  return (
    <>
      last used <RelativeTime at={new Date(at)} />
    </>
  );
}

function Revoke({ secret, hidden }: { secret: Secret; hidden: Hidden }) {
  return (
    <ConfirmDialog
      trigger="Revoke"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Revoke ${secret.prefix}` }}
      title="Revoke this secret?"
      action={revokeSecretAction}
      hidden={{ ...hidden, secret_id: secret.secret_id }}
      confirm="Revoke secret"
      success="Secret revoked"
    >
      <p>
        <code className="font-mono text-xs">{secret.prefix}…</code> was <LastUsed secret={secret} />. Requests that use
        it are rejected immediately. You can’t undo this.
      </p>
    </ConfirmDialog>
  );
}
