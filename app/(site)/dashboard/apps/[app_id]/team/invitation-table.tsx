// Table of pending team invitations.
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { MemberInvitation } from "@/lib/apps/invitations";
import { RevokeInvitation } from "../revoke-invitation";
import { revokeInvitationAction } from "./actions";
import { ROLE_NAMES } from "./roles";

type InvitationTableProps = { invitations: MemberInvitation[]; isOwner: boolean; appId: string };

export function InvitationTable({ invitations, isOwner, appId }: InvitationTableProps) {
  const columns: Column<MemberInvitation>[] = [
    { label: "Email", fluid: true, cell: (invitation) => <InvitationCell {...invitation} /> },
    { label: "Role", from: "sm", cell: ({ payload }) => ROLE_NAMES[payload.role] },
    { label: "Sent", from: "sm", cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      label: "Actions",
      hideLabel: true,
      align: "end",
      cell: ({ id, email }) =>
        isOwner && (
          <RevokeInvitation
            email={email}
            action={revokeInvitationAction}
            hidden={{ app_id: appId, invitation_id: id }}
          />
        ),
    },
  ];
  return <Table caption="Invitations" columns={columns} rows={invitations} rowKey={({ id }) => id} />;
}

function InvitationCell({ email, payload }: MemberInvitation) {
  return (
    <div className="sm:max-w-[min(26rem,45vw)]">
      <span dir="ltr" title={email ?? undefined} className="block truncate">
        {email}
      </span>
      <span className="block text-ink-muted sm:hidden">{ROLE_NAMES[payload.role]}</span>
    </div>
  );
}
