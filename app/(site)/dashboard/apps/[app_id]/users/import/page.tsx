// Bringing users in from where they are now.
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
        description="With their passwords, so that nobody notices the move. Look at the result first; nothing is changed until you say so."
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div>
          <p className="hidden text-sm noscript:block">
            The file is read by a script of this page. Without JavaScript, the operator of this server imports it with{" "}
            <code className="font-mono text-xs">foyer users import</code>.
          </p>
          <div className="noscript:hidden">
            <ImportForm appId={app.id} users={users} />
          </div>
        </div>
        <Card title="What the file holds">
          <div className="grid gap-4 text-sm [&>p]:text-ink-muted">
            <p>
              CSV with a line of names first, a JSON array of objects, or one JSON object per line. Only{" "}
              <code className="font-mono text-xs">email</code> must be there.
            </p>
            <CodeBlock title="users.csv" code={EXAMPLE} />
            <p>
              <code className="font-mono text-xs">password_hash</code> takes bcrypt, as{" "}
              <code className="font-mono text-xs">$2a$</code>, <code className="font-mono text-xs">$2b$</code> or{" "}
              <code className="font-mono text-xs">$2y$</code>. Without one, people set a password by “forgot password”
              or come in another way.
            </p>
            <p>
              Also: the profile (<code className="font-mono text-xs">given_name</code>,{" "}
              <code className="font-mono text-xs">picture</code>, …),{" "}
              <code className="font-mono text-xs">disabled</code>, <code className="font-mono text-xs">metadata</code>{" "}
              and <code className="font-mono text-xs">public_metadata</code> as JSON. Names that other systems use for
              the same are understood.
            </p>
            <p>
              Whoever is here already, by address or <code className="font-mono text-xs">external_id</code>, stays as
              they are. An <TextLink href={`${users}/export`}>export</TextLink> of another App can be imported as it is.
            </p>
          </div>
        </Card>
      </div>
    </>
  );
}
