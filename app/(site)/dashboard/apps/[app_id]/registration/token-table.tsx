// Table of registration tokens.
import { Badge } from "@/app/_ui/badge";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { listRegistrationTokens } from "@/lib/oauth/registration/tokens";
import { revokeTokenAction } from "./actions";

type Token = Awaited<ReturnType<typeof listRegistrationTokens>>[number];

const TONES = { active: "success", expired: "neutral", revoked: "neutral" } as const;
const LABELS = { active: "Active", expired: "Expired", revoked: "Revoked" };

export function TokenTable({ tokens, appId, canEdit }: { tokens: Token[]; appId: string; canEdit: boolean }) {
  const columns: Column<Token>[] = [
    {
      label: "Token",
      fluid: true,
      cell: ({ prefix }) => <code className="font-mono text-xs sm:whitespace-nowrap">{prefix}…</code>,
    },
    { label: "Status", cell: ({ status }) => <Badge tone={TONES[status]}>{LABELS[status]}</Badge> },
    { label: "Created", from: "md", cell: (token) => <RelativeTime at={new Date(token.created_at)} /> },
    { label: "Last used", from: "sm", cell: (token) => <At at={token.last_used_at} otherwise="Never" /> },
    { label: "Expires", from: "sm", cell: (token) => <At at={token.expires_at} otherwise="Never" /> },
  ];
  if (canEdit)
    columns.push({
      label: "Actions",
      hideLabel: true,
      align: "end",
      cell: (token) => token.status === "active" && <Revoke token={token} appId={appId} />,
    });
  return (
    <Table
      caption="Registration tokens"
      columns={columns}
      rows={tokens}
      rowKey={(token) => token.registration_token_id}
    />
  );
}

function At({ at, otherwise }: { at: string | null; otherwise: string }) {
  return at ? <RelativeTime at={new Date(at)} /> : <span className="text-ink-muted">{otherwise}</span>;
}

function Revoke({ token: { registration_token_id, prefix }, appId }: { token: Token; appId: string }) {
  return (
    <ConfirmDialog
      trigger="Revoke"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Revoke ${prefix}` }}
      title="Revoke this registration token?"
      action={revokeTokenAction}
      hidden={{ app_id: appId, registration_token_id }}
      confirm="Revoke token"
      success="Token revoked"
    >
      <p>
        <code className="font-mono text-xs">{prefix}…</code> can’t register further applications. The ones that it
        registered stay.
      </p>
    </ConfirmDialog>
  );
}
