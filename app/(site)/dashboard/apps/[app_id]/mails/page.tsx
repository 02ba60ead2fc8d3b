// Emails of an app: sent, pending and failed ones. Without a provider, the page is a mailbox.
import type { Metadata } from "next";
import Link from "next/link";
import { requireMembership } from "@/app/_server/dashboard-session";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SearchField } from "@/app/_ui/search-field";
import { type Column, Table } from "@/app/_ui/table";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listEmails, type StoredEmail } from "@/lib/mail/mailbox";
import { hasTransport } from "@/lib/mail/transport";
import { type AppPageProps, appPath } from "../app-paths";
import { pageLinks, readPageQuery } from "../page-search";
import { AdminsOnly } from "./admins-only";
import { MailStatus } from "./status-badge";
import { templateName } from "./template-name";

export const metadata: Metadata = { title: "Emails" };

export default async function MailsPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/mails");
  const { app, role } = await requireMembership(app_id, path);
  if (!includesRole(role, "admin")) return <AdminsOnly />;
  const query = readPageQuery(await searchParams);
  const { data: mails, next_cursor } = await listEmails(app.id, query);
  const hasMails = mails.length > 0 || Boolean(query.q || query.cursor);

  return (
    <>
      <PageHeader
        title="Emails"
        description={
          hasTransport()
            ? "Emails that Foyer sent to your users. Foyer deletes the content of an email after sending it."
            : "Email delivery isn’t configured, so emails stay here. Open an email to copy its link or code."
        }
      />
      {hasMails ? (
        <>
          <div className="mb-4">
            <SearchField action={path} label="Search emails" placeholder="Email address" query={query.q} />
          </div>
          {mails.length > 0 ? (
            <MailTable mails={mails} path={path} />
          ) : (
            <EmptyState title="No emails found">
              <p>Enter a part of the recipient’s email address.</p>
            </EmptyState>
          )}
          <Pager label="Emails" {...pageLinks(path, query, next_cursor)} />
        </>
      ) : (
        <EmptyState title="No emails yet">
          <p>
            Magic links, email verifications and password resets appear here. You can enable magic links in{" "}
            <TextLink href={appPath(app.id, "/methods")}>Sign-in methods</TextLink>.
          </p>
        </EmptyState>
      )}
    </>
  );
}

function MailTable({ mails, path }: { mails: StoredEmail[]; path: string }) {
  const columns: Column<StoredEmail>[] = [
    { label: "Email", fluid: true, cell: (mail) => <MailCell mail={mail} href={`${path}/${mail.id}`} /> },
    { label: "Type", from: "md", cell: (mail) => templateName(mail.template) },
    { label: "Created", cell: (mail) => <RelativeTime at={mail.createdAt} /> },
    { label: "Status", from: "sm", cell: (mail) => <MailStatus status={mail.status} /> },
  ];
  return <Table caption="Emails" columns={columns} rows={mails} rowKey={(mail) => mail.id} />;
}

function MailCell({ mail, href }: { mail: StoredEmail; href: string }) {
  return (
    <div className="sm:max-w-[min(30rem,60vw)] sm:min-w-40">
      <Link href={href} prefetch={false} className="block rounded-sm after:absolute after:inset-0">
        <span dir="ltr" className="block truncate font-medium">
          {mail.to}
        </span>
        <span className="block truncate text-ink-muted">{mail.content?.subject ?? templateName(mail.template)}</span>
      </Link>
    </div>
  );
}
