// The developers who may see or change an App, and those who are asked to.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { FormSelect } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import { listInvitations, type MemberInvitation } from "@/lib/apps/invitations";
import { listMembers } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { InvitationForm } from "../invitation-form";
import { inviteAction, leaveAction, removeMemberAction, withdrawInvitationAction } from "./actions";
import { ChangeRole } from "./change-role";
import { ROLE_NAMES, ROLE_OPTIONS } from "./roles";

export const metadata: Metadata = { title: "Team" };

type Member = Awaited<ReturnType<typeof listMembers>>[number];

export default async function TeamPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role, developer } = await requireMembership(app_id, appPath(app_id, "/team"));
  const [members, invitations] = await Promise.all([listMembers(app.id), listInvitations(app.id)]);
  const isOwner = role === "owner";
  const hidden = { app_id: app.id };
  const columns: Column<Member>[] = [
    {
      label: "Member",
      fluid: true,
      cell: (member) => <Person member={member} self={member.developer_id === developer.userId} />,
    },
    { label: "Role", from: "sm", cell: (member) => ROLE_NAMES[member.role] },
    { label: "Since", from: "sm", cell: (member) => <RelativeTime at={new Date(member.created_at)} /> },
    {
      label: "Change",
      hideLabel: true,
      align: "end",
      cell: (member) =>
        member.developer_id === developer.userId ? (
          <Leave hidden={hidden} />
        ) : (
          isOwner && <Change member={member} hidden={hidden} />
        ),
    },
  ];
  const waiting: Column<MemberInvitation>[] = [
    { label: "Invited", fluid: true, cell: (invitation) => <Invited {...invitation} /> },
    { label: "Role", from: "sm", cell: ({ payload }) => ROLE_NAMES[payload.role] },
    { label: "Asked", from: "sm", cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      label: "Withdraw",
      hideLabel: true,
      align: "end",
      cell: (invitation) => isOwner && <Withdraw invitation={invitation} hidden={hidden} />,
    },
  ];

  return (
    <>
      <PageHeader title="Team" description="Developers who may see or change this App." />
      <div className="grid gap-8">
        <Table caption="Members" columns={columns} rows={members} rowKey={(member) => member.developer_id} />
        {invitations.length > 0 && (
          <div>
            <h2 className="mb-3 text-base font-semibold">Invitations</h2>
            <Table caption="Invitations" columns={waiting} rows={invitations} rowKey={({ id }) => id} />
          </div>
        )}
        {isOwner && (
          <div className="max-w-xl">
            <Card title="Invite somebody" description="They get a mail, and join with an account of that very address.">
              <InvitationForm appId={app.id} action={inviteAction}>
                <FormSelect label="Role" name="role" options={ROLE_OPTIONS} defaultValue="admin" />
              </InvitationForm>
            </Card>
          </div>
        )}
      </div>
    </>
  );
}

function Person({ member, self }: { member: Member; self: boolean }) {
  return (
    <div className="sm:max-w-72 sm:min-w-32">
      <span className="flex items-center gap-2">
        <span dir="auto" className="truncate font-medium">
          {member.name ?? member.email}
        </span>
        {self && <Badge>You</Badge>}
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

function Invited({ email, payload }: MemberInvitation) {
  return (
    <div className="sm:max-w-[min(26rem,45vw)]">
      <span dir="ltr" title={email ?? undefined} className="block truncate">
        {email}
      </span>
      <span className="block text-ink-muted sm:hidden">{ROLE_NAMES[payload.role]}</span>
    </div>
  );
}

function Change({ member, hidden }: { member: Member; hidden: Record<string, string> }) {
  const who = { ...hidden, developer_id: member.developer_id };
  const name = member.name ?? member.email ?? "this member";
  return (
    <span className="relative inline-flex justify-end">
      <ChangeRole name={name} role={member.role} hidden={who} />
      <ConfirmDialog
        trigger="Remove"
        triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Remove ${name}` }}
        title="Remove from the team?"
        action={removeMemberAction}
        hidden={who}
        confirm="Remove"
        success="The member was removed"
      >
        <p>
          {name} sees nothing of this App any more. API keys that they know still work: replace those that they should
          not use.
        </p>
      </ConfirmDialog>
    </span>
  );
}

function Leave({ hidden }: { hidden: Record<string, string> }) {
  return (
    <ConfirmDialog
      trigger="Leave"
      triggerProps={{ variant: "quiet", size: "sm" }}
      title="Leave the team?"
      action={leaveAction}
      hidden={hidden}
      confirm="Leave"
    >
      <p>You see nothing of this App any more, until an owner invites you again.</p>
    </ConfirmDialog>
  );
}

function Withdraw({ invitation, hidden }: { invitation: MemberInvitation; hidden: Record<string, string> }) {
  return (
    <ConfirmDialog
      trigger="Withdraw"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Withdraw the invitation of ${invitation.email}` }}
      title="Withdraw the invitation?"
      action={withdrawInvitationAction}
      hidden={{ ...hidden, invitation_id: invitation.id }}
      confirm="Withdraw"
      success="The invitation was withdrawn"
    >
      <p>The link in the mail to {invitation.email} leads nowhere then.</p>
    </ConfirmDialog>
  );
}
