// Email page: preview, text, and its links and code to copy.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMembership } from "@/app/_server/dashboard-session";
import { readNonce } from "@/app/_server/request";
import { Card } from "@/app/_ui/card";
import { CodeBlock } from "@/app/_ui/code-block";
import { LongFactList } from "@/app/_ui/fact-list";
import { formatCount } from "@/app/_ui/format-count";
import { IdChip } from "@/app/_ui/id-chip";
import { PageHeader } from "@/app/_ui/page-header";
import { RelativeTime } from "@/app/_ui/relative-time";
import { includesRole } from "@/lib/apps/members";
import { isAppError } from "@/lib/errors";
import { EmailId, getEmail } from "@/lib/mail/mailbox";
import { type AppPageProps, appPath } from "../../app-paths";
import { AdminsOnly } from "../admins-only";
import { MailStatus } from "../status-badge";
import { templateName } from "../template-name";
import { MailFrame } from "./mail-frame";

export const metadata: Metadata = { title: "Email" };

type Mail = Awaited<ReturnType<typeof getEmail>>;

async function findMail(appId: string, mailId: string): Promise<Mail> {
  if (!EmailId.safeParse(mailId).success) notFound();
  return getEmail(appId, mailId).catch((error) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
}

export default async function MailPage({ params }: AppPageProps<{ app_id: string; mail_id: string }>) {
  const { app_id, mail_id } = await params;
  const path = appPath(app_id, "/mails");
  const { app, role } = await requireMembership(app_id, `${path}/${mail_id}`);
  if (!includesRole(role, "admin")) return <AdminsOnly />;
  const mail = await findMail(app.id, mail_id);
  const { content } = mail;
  const nonce = await readNonce();

  return (
    <>
      <PageHeader
        title={content?.subject ?? templateName(mail.template)}
        breadcrumb={[{ href: path, label: "Emails" }]}
      />
      <div className="grid gap-6">
        <Card>
          <LongFactList facts={factsOf(mail)} />
        </Card>
        {content ? (
          <>
            <MailFrame html={content.html} nonce={nonce} />
            <CodeBlock title="Plain text" wraps code={content.text} />
          </>
        ) : (
          <p className="text-sm text-ink-muted">
            The email was sent. Foyer deleted its content, since its links are only for the recipient.
          </p>
        )}
      </div>
    </>
  );
}

function factsOf({ to, status, createdAt, sentAt, lastError, attempts, content }: Mail): [string, ReactNode][] {
  const { links = [], code } = content ?? {};
  const facts: [string, ReactNode][] = [
    ["To", <bdi key="to">{to}</bdi>],
    ["Status", <MailStatus key="status" status={status} />],
    ["Created", <RelativeTime key="created" at={createdAt} />],
    ["Sent", sentAt && <RelativeTime key="sent" at={sentAt} />],
    [`After ${formatCount(attempts, "attempt")}`, lastError && <DeliveryError key="error">{lastError}</DeliveryError>],
    [links.length > 1 ? "Links" : "Link", links.length > 0 && <Links key="links" links={links} />],
    ["Code", code && <IdChip key="code" id={code} what="Code" />],
  ];
  return facts.filter(([, value]) => value);
}

function DeliveryError({ children }: { children: string }) {
  return <span className="text-danger">{children}</span>;
}

function Links({ links }: { links: string[] }) {
  return (
    <span className="grid justify-items-start gap-2">
      {links.map((link) => (
        <IdChip key={link} id={link} what="Link" />
      ))}
    </span>
  );
}
