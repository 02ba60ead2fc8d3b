// Table of pending invitations.
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { PendingInvitation } from "@/lib/account/invitations";
import { RevokeInvitation } from "../../revoke-invitation";
import { revokeUserInvitationAction } from "./actions";

type InvitationTableProps = { invitations: PendingInvitation[]; appId: string };

export function InvitationTable({ invitations, appId }: InvitationTableProps) {
  const columns: Column<PendingInvitation>[] = [
    { label: "Email", fluid: true, cell: ({ email }) => <Email email={email} /> },
    { label: "Sent", from: "sm", cell: ({ created_at }) => <RelativeTime at={new Date(created_at)} /> },
    { label: "Expires", from: "md", cell: ({ expires_at }) => <RelativeTime at={new Date(expires_at)} /> },
    {
      label: "Actions",
      hideLabel: true,
      align: "end",
      cell: ({ id, email }) => (
        <RevokeInvitation
          email={email}
          action={revokeUserInvitationAction}
          hidden={{ app_id: appId, invitation_id: id }}
        />
      ),
    },
  ];
  return <Table caption="Invitations" columns={columns} rows={invitations} rowKey={({ id }) => id} />;
}

function Email({ email }: { email: string | null }) {
  return (
    <span dir="ltr" title={email ?? undefined} className="block truncate sm:max-w-[min(26rem,50vw)] font-medium">
      {email}
    </span>
  );
}
