// Scopes of an app: its custom scopes, with their descriptions, and the standard scopes.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { STANDARD_SCOPES } from "@/lib/oauth/scopes/descriptions";
import { listScopes, USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../app-paths";
import { NewScope } from "./new-scope";
import { ScopeTable } from "./scope-table";

export const metadata: Metadata = { title: "Scopes" };

export default async function ScopesPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/scopes"));
  const custom = [...(await listScopes(app.id)).values()].filter(({ name }) => !USER_SCOPES.has(name));
  const canEdit = includesRole(role, "admin");

  return (
    <>
      <PageHeader
        title="Scopes"
        description="Permissions that applications can request. The consent page shows the description of each scope."
      />
      <div className="grid gap-8">
        {custom.length > 0 ? (
          <ScopeTable scopes={custom} appId={app.id} canEdit={canEdit} />
        ) : (
          <EmptyState title="No custom scopes yet">
            <p>Create a scope for each kind of data or action that applications can access, such as photos:read.</p>
          </EmptyState>
        )}
        {canEdit && (
          <div className="max-w-xl">
            <Card title="Create scope">
              <NewScope appId={app.id} />
            </Card>
          </div>
        )}
        <StandardScopes />
      </div>
    </>
  );
}

function StandardScopes() {
  return (
    <Card title="Standard scopes" description="Every app has these scopes of OpenID Connect.">
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
  );
}
