// The secrets of a client: two may live at once, so that one is replaced without downtime.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { listClientSecrets } from "@/lib/oauth/clients/secrets";
import { revokeSecretAction } from "../actions";
import { RotateSecret } from "./rotate-secret";

type Secret = Awaited<ReturnType<typeof listClientSecrets>>[number];

type SecretsCardProps = { secrets: Secret[]; hidden: Record<string, string>; readOnly: boolean };

export function SecretsCard({ secrets, hidden, readOnly }: SecretsCardProps) {
  const columns: Column<Secret>[] = [
    { label: "Secret", cell: ({ prefix }) => <code className="font-mono text-xs">{prefix}…</code> },
    { label: "Created", from: "sm", cell: ({ created_at }) => <RelativeTime at={new Date(created_at)} /> },
    {
      label: "Last used",
      cell: ({ last_used_at: at }) =>
        at ? <RelativeTime at={new Date(at)} /> : <span className="text-ink-muted">Never</span>,
    },
  ];
  if (!readOnly && secrets.length > 1)
    columns.push({
      label: "Revoke",
      quietLabel: true,
      align: "end",
      cell: (secret) => <Revoke secret={secret} hidden={hidden} />,
    });
  return (
    <section className="grid gap-x-10 gap-y-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <div className="lg:pt-5">
        <h2 className="text-base font-semibold">Secrets</h2>
        <p className="mt-1 text-sm text-ink-muted">
          Make a new one, give it to the client, then revoke the old one. Both work in between.
        </p>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Table caption="Secrets" columns={columns} rows={secrets} rowKey={(secret) => secret.secret_id} />
        {!readOnly && <RotateSecret hidden={hidden} replaces={secrets.length > 1} />}
      </div>
    </section>
  );
}

function Revoke({ secret, hidden }: { secret: Secret; hidden: Record<string, string> }) {
  return (
    <ConfirmDialog
      trigger="Revoke"
      triggerLook={{ variant: "quiet", size: "sm", "aria-label": `Revoke ${secret.prefix}` }}
      title="Revoke this secret?"
      action={revokeSecretAction}
      hidden={{ ...hidden, secret_id: secret.secret_id }}
      confirm="Revoke secret"
      success="The secret was revoked"
    >
      <p>
        Whatever uses <code className="font-mono text-xs">{secret.prefix}…</code> stops working at once. A revoked
        secret cannot be brought back.
      </p>
    </ConfirmDialog>
  );
}
