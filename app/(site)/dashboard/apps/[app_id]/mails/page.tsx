// The mails of an App: what went out, what waits, and, without a provider, what was written.
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
import { PageQuery } from "@/lib/database/pagination";
import { listEmails, type StoredEmail } from "@/lib/mail/mailbox";
import { hasTransport } from "@/lib/mail/transport";
import { type AppPageProps, appPath } from "../app-paths";
import { AdminsOnly } from "./admins-only";
import { MailStatus } from "./status-badge";
import { templateName } from "./template-name";

export const metadata: Metadata = { title: "Mails" };

export default async function MailsPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/mails");
  const { app, role } = await requireMembership(app_id, path);
  if (!includesRole(role, "admin")) return <AdminsOnly />;
  const { q, cursor } = await searchParams;
  const sent = PageQuery.safeParse({ q: q || undefined, cursor: cursor || undefined, limit: "25" });
  const query = sent.success ? sent.data : PageQuery.parse({ limit: "25" });
  const { data: mails, next_cursor } = await listEmails(app.id, query);
  const columns: Column<StoredEmail>[] = [
    { label: "Mail", fluid: true, cell: (mail) => <Subject mail={mail} href={`${path}/${mail.id}`} /> },
    { label: "Kind", from: "md", cell: (mail) => templateName(mail.template) },
    { label: "Written", cell: (mail) => <RelativeTime at={mail.createdAt} /> },
    { label: "State", from: "sm", cell: (mail) => <MailStatus status={mail.status} /> },
  ];

  function pageAt(at: string | null): string {
    const search = new URLSearchParams({ ...(query.q && { q: query.q }), ...(at && { cursor: at }) });
    return search.size > 0 ? `${path}?${search}` : path;
  }

  return (
    <>
      <PageHeader
        title="Mails"
        description={
          hasTransport()
            ? "What went out to your users. What a mail said is forgotten once it is sent."
            : "No mail provider is set up, so mails stay here. Open one to see it and to copy its link or code."
        }
      />
      {mails.length === 0 && !query.q && !query.cursor ? (
        <EmptyState title="No mail yet">
          <p>
            Magic links, verifications and resets appear here. Send yourself one: ask for a{" "}
            <TextLink href={appPath(app.id, "/methods")}>magic link</TextLink> by API or on the hosted sign-in page.
          </p>
        </EmptyState>
      ) : (
        <>
          <div className="mb-4">
            <SearchField action={path} label="Search mails" placeholder="A part of the address" query={query.q} />
          </div>
          {mails.length > 0 ? (
            <Table caption="Mails" columns={columns} rows={mails} rowKey={(mail) => mail.id} />
          ) : (
            <EmptyState title="No mail matches">
              <p>A part of the address is enough.</p>
            </EmptyState>
          )}
          <Pager
            label="Mails"
            first={query.cursor && pageAt(null)}
            next={next_cursor ? pageAt(next_cursor) : undefined}
          />
        </>
      )}
    </>
  );
}

function Subject({ mail, href }: { mail: StoredEmail; href: string }) {
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
