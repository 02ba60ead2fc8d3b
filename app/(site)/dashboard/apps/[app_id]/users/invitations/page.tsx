// Page to invite users and to see the pending invitations.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { FormSelect } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { TextLink } from "@/app/_ui/text-link";
import { INVITATION_DAYS, listInvitations } from "@/lib/account/invitations";
import { includesRole } from "@/lib/apps/members";
import { ListQuery } from "@/lib/database/pagination";
import { type AppPageProps, appPath } from "../../app-paths";
import { InvitationForm } from "../../invitation-form";
import { inviteUserAction } from "./actions";
import { InvitationTable } from "./invitation-table";

export const metadata: Metadata = { title: "Invite users" };

const PAGE_SIZE = "25";

export default async function InvitationsPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const users = appPath(app_id, "/users");
  const path = `${users}/invitations`;
  const { app, role } = await requireMembership(app_id, path);
  if (!includesRole(role, "admin")) notFound();
  const { cursor } = await searchParams;
  const query = ListQuery.safeParse({ cursor, limit: PAGE_SIZE });
  const { data, next_cursor } = await listInvitations(app.id, query.data ?? ListQuery.parse({ limit: PAGE_SIZE }));
  const closed = app.settings.signups === "closed";

  return (
    <>
      <PageHeader
        title="Invite users"
        breadcrumb={[{ href: users, label: "Users" }]}
        description={`Foyer emails a link to create an account. It works once and expires after ${INVITATION_DAYS} days.`}
      />
      <div className="grid gap-8">
        {closed ? (
          <Card title="Sign-up is closed">
            <p className="text-sm text-ink-muted">
              You can’t invite users while sign-up is closed. Change it to “Invite only” in{" "}
              <TextLink href={appPath(app.id, "/methods")}>Sign-in methods</TextLink>, or add users yourself.
            </p>
          </Card>
        ) : (
          <div className="max-w-xl">
            <Card>
              <InvitationForm appId={app.id} action={inviteUserAction}>
                {app.settings.return_urls.length > 0 && <ReturnUrlSelect returnUrls={app.settings.return_urls} />}
              </InvitationForm>
            </Card>
          </div>
        )}
        {data.length > 0 && (
          <section aria-labelledby="pending">
            <h2 id="pending" className="mb-3 text-base font-semibold">
              Pending invitations
            </h2>
            <InvitationTable invitations={data} appId={app.id} />
            <Pager
              label="Invitations"
              first={cursor && path}
              next={next_cursor ? `${path}?cursor=${next_cursor}` : undefined}
            />
          </section>
        )}
      </div>
    </>
  );
}

function ReturnUrlSelect({ returnUrls }: { returnUrls: string[] }) {
  return (
    <FormSelect
      label="Redirect after accepting"
      name="redirect_uri"
      options={[{ value: "", label: "Account page" }, ...returnUrls.map((url) => ({ value: url, label: url }))]}
      hint="The user’s account page or one of the app’s return URLs."
    />
  );
}
