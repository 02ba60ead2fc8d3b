import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { InvitationAnswer } from "@/lib/account/invitations";
import { withdrawUserInvitationAction } from "./actions";

type InvitationTableProps = { invitations: InvitationAnswer[]; hidden: Record<string, string> };

export function InvitationTable({ invitations, hidden }: InvitationTableProps) {
  const columns: Column<InvitationAnswer>[] = [
    { label: "Invited", fluid: true, cell: ({ email }) => <Address email={email} /> },
    { label: "Asked", from: "sm", cell: ({ created_at }) => <RelativeTime at={new Date(created_at)} /> },
    { label: "Ends", from: "md", cell: ({ expires_at }) => <RelativeTime at={new Date(expires_at)} /> },
    {
      label: "Withdraw",
      hideLabel: true,
      align: "end",
      cell: (invitation) => <Withdraw invitation={invitation} hidden={hidden} />,
    },
  ];
  return <Table caption="Invitations" columns={columns} rows={invitations} rowKey={({ id }) => id} />;
}

function Address({ email }: { email: string | null }) {
  return (
    <span dir="ltr" title={email ?? undefined} className="block truncate sm:max-w-[min(26rem,50vw)] font-medium">
      {email}
    </span>
  );
}

function Withdraw({
  invitation: { id, email },
  hidden,
}: {
  invitation: InvitationAnswer;
  hidden: Record<string, string>;
}) {
  return (
    <ConfirmDialog
      trigger="Withdraw"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Withdraw the invitation of ${email}` }}
      title="Withdraw the invitation?"
      action={withdrawUserInvitationAction}
      hidden={{ ...hidden, invitation_id: id }}
      confirm="Withdraw"
      success="The invitation was withdrawn"
    >
      <p>The link in the mail to {email} leads nowhere then.</p>
    </ConfirmDialog>
  );
}
