// Page to import users from a file.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { CodeBlock } from "@/app/_ui/code-block";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../../app-paths";
import { ImportForm } from "./import-form";

export const metadata: Metadata = { title: "Import users" };

const EXAMPLE = `email,name,email_verified,password_hash,external_id,created_at
bob@example.com,Bob,true,$2b$12$9mYvK0…,42,2023-04-01T10:00:00Z
carol@example.com,Carol,false,,43,`;

export default async function ImportPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const users = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, `${users}/import`);
  if (!includesRole(role, "admin")) notFound();

  return (
    <>
      <PageHeader
        title="Import users"
        breadcrumb={[{ href: users, label: "Users" }]}
        description="Import users with their password hashes, so that they keep their passwords. Check the file first: nothing changes until you start the import."
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div>
          <p className="hidden text-sm noscript:block">
            This page needs JavaScript. Without it, the operator of this server can run{" "}
            <code className="font-mono text-xs">foyer users import</code>.
          </p>
          <div className="noscript:hidden">
            <ImportForm appId={app.id} users={users} />
          </div>
        </div>
        <Card title="File format">
          <div className="grid gap-4 text-sm [&>p]:text-ink-muted">
            <p>
              A CSV file with a header line, a JSON array of objects, or one JSON object per line. Only{" "}
              <code className="font-mono text-xs">email</code> is required.
            </p>
            <CodeBlock title="users.csv" code={EXAMPLE} />
            <p>
              <code className="font-mono text-xs">password_hash</code> is a bcrypt hash (
              <code className="font-mono text-xs">$2a$</code>, <code className="font-mono text-xs">$2b$</code> or{" "}
              <code className="font-mono text-xs">$2y$</code>). Users without a hash must reset their password or use
              another sign-in method.
            </p>
            <p>
              Also supported: profile fields (<code className="font-mono text-xs">given_name</code>,{" "}
              <code className="font-mono text-xs">picture</code>, …),{" "}
              <code className="font-mono text-xs">disabled</code>, <code className="font-mono text-xs">metadata</code>{" "}
              and <code className="font-mono text-xs">public_metadata</code> as JSON. Foyer recognizes common column
              names of other systems.
            </p>
            <p>
              Existing users, with the same email address or <code className="font-mono text-xs">external_id</code>, are
              not changed. You can import an <TextLink href={`${users}/export`}>export</TextLink> of another app
              directly.
            </p>
          </div>
        </Card>
      </div>
    </>
  );
}
