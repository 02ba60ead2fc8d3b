// One mail: how it looks, what it says, its links and code to copy.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMembership } from "@/app/_edge/dashboard-session";
import { readNonce } from "@/app/_edge/request";
import { Card } from "@/app/_ui/card";
import { CodeBlock } from "@/app/_ui/code-block";
import { IdChip } from "@/app/_ui/id-chip";
import { PageHeader } from "@/app/_ui/page-header";
import { RelativeTime } from "@/app/_ui/relative-time";
import { includesRole } from "@/lib/apps/members";
import { isAppError } from "@/lib/errors";
import { getMail, MailId } from "@/lib/mail/mail";
import { type AppPageProps, appPath } from "../../app-paths";
import { OnlyAdmins } from "../only-admins";
import { MailStatus } from "../status-badge";
import { templateName } from "../template-name";
import { MailFrame } from "./mail-frame";

export const metadata: Metadata = { title: "Mail" };

async function findMail(appId: string, mailId: string) {
  if (!MailId.safeParse(mailId).success) notFound();
  return getMail(appId, mailId).catch((error) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
}

export default async function MailPage({ params }: AppPageProps<{ app_id: string; mail_id: string }>) {
  const { app_id, mail_id } = await params;
  const path = appPath(app_id, "/mails");
  const { app, role } = await requireMembership(app_id, `${path}/${mail_id}`);
  if (!includesRole(role, "admin")) return <OnlyAdmins />;
  const mail = await findMail(app.id, mail_id);
  const { content } = mail;
  const nonce = await readNonce();

  return (
    <>
      <PageHeader
        title={content?.subject ?? templateName(mail.template)}
        breadcrumb={[{ href: path, label: "Mails" }]}
        actions={<MailStatus status={mail.status} />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Card>
          <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
            <Fact label="To">
              <span dir="ltr" className="break-all">
                {mail.to}
              </span>
            </Fact>
            <Fact label="Written">
              <RelativeTime at={mail.createdAt} />
            </Fact>
            {mail.sentAt && (
              <Fact label="Sent">
                <RelativeTime at={mail.sentAt} />
              </Fact>
            )}
            {mail.lastError && (
              <Fact label={`After ${mail.attempts} ${mail.attempts === 1 ? "attempt" : "attempts"}`}>
                <span className="break-words text-danger">{mail.lastError}</span>
              </Fact>
            )}
            {content?.links.map((link) => (
              <Fact key={link} label="Link">
                <IdChip id={link} what="the link" />
              </Fact>
            ))}
            {content?.code && (
              <Fact label="Code">
                <IdChip id={content.code} what="the code" />
              </Fact>
            )}
          </dl>
        </Card>
        {content ? (
          <>
            <MailFrame html={content.html} nonce={nonce} />
            <CodeBlock title="The mail as text" code={content.text} />
          </>
        ) : (
          <p className="text-sm text-ink-muted">
            The provider has taken it. What it said was forgotten here then, since its links were the recipient’s alone.
          </p>
        )}
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
