// People who are asked to become users of an App, and have not answered yet.
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
        description={`They get a mail with a link, which makes their account. It works once, for ${INVITATION_DAYS} days.`}
      />
      <div className="grid gap-8">
        {closed ? (
          <Card title="This App is closed">
            <p className="text-sm text-ink-muted">
              Nobody comes in addition, so nobody can be invited. Set it to “invite only” in the{" "}
              <TextLink href={appPath(app.id, "/methods")}>sign-in methods</TextLink>, or add users yourself.
            </p>
          </Card>
        ) : (
          <div className="max-w-xl">
            <Card>
              <InvitationForm appId={app.id} action={inviteUserAction}>
                {app.settings.return_urls.length > 0 && <WhereTo returnUrls={app.settings.return_urls} />}
              </InvitationForm>
            </Card>
          </div>
        )}
        {data.length > 0 && (
          <section aria-labelledby="waiting">
            <h2 id="waiting" className="mb-3 text-base font-semibold">
              Not answered yet
            </h2>
            <InvitationTable invitations={data} hidden={{ app_id: app.id }} />
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

function WhereTo({ returnUrls }: { returnUrls: string[] }) {
  return (
    <FormSelect
      label="Where to afterwards"
      name="redirect_uri"
      options={[{ value: "", label: "Their account page" }, ...returnUrls.map((url) => ({ value: url, label: url }))]}
      hint="One of your return URLs, once they have accepted."
    />
  );
}
