// What clients may ask the users of an App for: the standard scopes, and the App's own with the sentence that users read.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { type Column, Table } from "@/app/_ui/table";
import { includesRole } from "@/lib/apps/members";
import { listScopes, type Scope, STANDARD_SCOPES, USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../app-paths";
import { EditScope } from "./edit-scope";
import { NewScope } from "./new-scope";

export const metadata: Metadata = { title: "Scopes" };

export default async function ScopesPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/scopes"));
  const own = [...(await listScopes(app.id)).values()].filter(({ name }) => !USER_SCOPES.has(name));
  const mayChange = includesRole(role, "admin");
  const columns: Column<Scope>[] = [
    { label: "Scope", fluid: true, cell: (scope) => <Named {...scope} /> },
    { label: "What users read", from: "md", cell: (scope) => <Sentence {...scope} /> },
    { label: "Marks", from: "sm", cell: (scope) => <Marks {...scope} /> },
  ];
  if (mayChange)
    columns.push({
      label: "Change",
      hideLabel: true,
      align: "end",
      cell: (scope) => <EditScope scope={scope} appId={app.id} />,
    });

  return (
    <>
      <PageHeader
        title="Scopes"
        description="What clients may ask for. The consent page shows each one as its sentence."
      />
      <div className="grid gap-8">
        {own.length > 0 ? (
          <Table caption="Scopes of this App" columns={columns} rows={own} rowKey={({ name }) => name} />
        ) : (
          <EmptyState title="No scope of your own yet">
            <p>Make one for each thing that a client may see or do at your service, such as photos:read.</p>
          </EmptyState>
        )}
        {mayChange && (
          <div className="max-w-xl">
            <Card title="New scope">
              <NewScope appId={app.id} />
            </Card>
          </div>
        )}
        <Card title="Standard scopes" description="Of OpenID Connect, in every App.">
          <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
            {STANDARD_SCOPES.map(({ name, description }) => (
              <div key={name} className="grid gap-0.5 sm:contents">
                <dt>
                  <code className="font-mono text-[0.8125rem] font-medium">{name}</code>
                </dt>
                <dd className="text-ink-muted">{description}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </>
  );
}

function Named(scope: Scope) {
  return (
    <div className="md:min-w-40">
      <code className="font-mono text-[0.8125rem] font-medium wrap-anywhere">{scope.name}</code>
      <div className="text-ink-muted md:hidden">
        <Sentence {...scope} />
      </div>
    </div>
  );
}

function Sentence({ description }: Scope) {
  return (
    <span dir="auto" className="block wrap-anywhere md:min-w-40">
      {description}
    </span>
  );
}

function Marks({ sensitive, optional }: Scope) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {sensitive && <Badge tone="warning">Sensitive</Badge>}
      {optional && <Badge>Optional</Badge>}
    </span>
  );
}
