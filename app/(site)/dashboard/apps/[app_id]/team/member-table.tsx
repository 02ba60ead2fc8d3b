// Table of an app's members.
import { Badge } from "@/app/_ui/badge";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { listMembers } from "@/lib/apps/members";
import { leaveAction, removeMemberAction } from "./actions";
import { ChangeRole } from "./change-role";
import { ROLE_NAMES } from "./roles";

type Member = Awaited<ReturnType<typeof listMembers>>[number];

type MemberTableProps = { members: Member[]; currentId: string; isOwner: boolean; appId: string };

export function MemberTable({ members, currentId, isOwner, appId }: MemberTableProps) {
  const hidden = { app_id: appId };
  const isCurrent = (member: Member) => member.developer_id === currentId;
  const columns: Column<Member>[] = [
    { label: "Member", fluid: true, cell: (member) => <MemberCell member={member} isCurrent={isCurrent(member)} /> },
    { label: "Role", from: "sm", cell: (member) => ROLE_NAMES[member.role] },
    { label: "Since", from: "sm", cell: (member) => <RelativeTime at={new Date(member.created_at)} /> },
    {
      label: "Actions",
      hideLabel: true,
      align: "end",
      cell: (member) => {
        if (isCurrent(member)) return <LeaveTeam hidden={hidden} />;
        return isOwner && <MemberActions member={member} hidden={hidden} />;
      },
    },
  ];
  return <Table caption="Members" columns={columns} rows={members} rowKey={(member) => member.developer_id} />;
}

function MemberCell({ member, isCurrent }: { member: Member; isCurrent: boolean }) {
  return (
    <div className="sm:max-w-72 sm:min-w-32">
      <span className="flex items-center gap-2">
        <span dir="auto" className="truncate font-medium">
          {member.name ?? member.email}
        </span>
        {isCurrent && <Badge>You</Badge>}
      </span>
      {member.name && (
        <span dir="ltr" className="block truncate text-ink-muted">
          {member.email}
        </span>
      )}
      <span className="block text-ink-muted sm:hidden">{ROLE_NAMES[member.role]}</span>
    </div>
  );
}

function MemberActions({ member, hidden }: { member: Member; hidden: Record<string, string> }) {
  const fields = { ...hidden, developer_id: member.developer_id };
  const name = member.name ?? member.email ?? "this member";
  return (
    <span className="relative inline-flex justify-end max-sm:flex-col max-sm:items-end">
      <ChangeRole name={name} role={member.role} hidden={fields} />
      <ConfirmDialog
        trigger="Remove"
        triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Remove ${name}` }}
        title="Remove this member?"
        action={removeMemberAction}
        hidden={fields}
        confirm="Remove member"
        success="Member removed"
      >
        <p>{name} loses access to this app. API keys stay valid, so replace the keys that this member knows.</p>
      </ConfirmDialog>
    </span>
  );
}

function LeaveTeam({ hidden }: { hidden: Record<string, string> }) {
  return (
    <ConfirmDialog
      trigger="Leave"
      triggerProps={{ variant: "quiet", size: "sm" }}
      title="Leave the team?"
      action={leaveAction}
      hidden={hidden}
      confirm="Leave team"
    >
      <p>You lose access to this app until an owner invites you again.</p>
    </ConfirmDialog>
  );
}
