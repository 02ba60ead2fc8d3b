// Team of an app: its members and pending invitations.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { FormSelect } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { listInvitations } from "@/lib/apps/invitations";
import { listMembers } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { InvitationForm } from "../invitation-form";
import { inviteAction } from "./actions";
import { InvitationTable } from "./invitation-table";
import { MemberTable } from "./member-table";
import { ROLE_OPTIONS } from "./roles";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role, developer } = await requireMembership(app_id, appPath(app_id, "/team"));
  const [members, invitations] = await Promise.all([listMembers(app.id), listInvitations(app.id)]);
  const isOwner = role === "owner";

  return (
    <>
      <PageHeader title="Team" description="Developers who can view or change this app." />
      <div className="grid gap-8">
        <MemberTable members={members} currentId={developer.userId} isOwner={isOwner} appId={app.id} />
        {invitations.length > 0 && (
          <div>
            <h2 className="mb-3 text-base font-semibold">Pending invitations</h2>
            <InvitationTable invitations={invitations} isOwner={isOwner} appId={app.id} />
          </div>
        )}
        {isOwner && (
          <div className="max-w-xl">
            <Card
              title="Invite member"
              description="Foyer emails an invitation. The member needs an account with this email address."
            >
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
