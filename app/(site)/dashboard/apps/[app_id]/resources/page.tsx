// Resources of an app: the APIs that access tokens are issued for (RFC 8707).
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { formatDuration } from "@/app/_ui/duration";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { type Column, Table } from "@/app/_ui/table";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listResources } from "@/lib/oauth/resources/resource";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { listScopes, USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../app-paths";
import { EditResource } from "./edit-resource";
import { NewResource } from "./new-resource";
import { type ResourceItem, toItem } from "./resource-item";

export const metadata: Metadata = { title: "Resources" };

export default async function ResourcesPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/resources"));
  const [found, known] = await Promise.all([listResources(app.id), listScopes(app.id)]);
  const resources = found.map(toItem);
  const custom = [...known.values()].filter(({ name }) => !USER_SCOPES.has(name));
  const canEdit = includesRole(role, "admin");
  const usualTtl = app.settings.oauth_token_ttl_seconds;

  return (
    <>
      <PageHeader
        title="Resources"
        description="APIs that access tokens are issued for. A token for one API is rejected by the others (RFC 8707)."
      />
      <div className="grid gap-8">
        {resources.length > 0 ? (
          <ResourceTable
            resources={resources}
            edit={
              canEdit
                ? (resource) => (
                    <EditResource
                      resource={resource}
                      appId={app.id}
                      scopes={freeScopes(custom, resources, resource)}
                      usualTtl={usualTtl}
                    />
                  )
                : null
            }
          />
        ) : (
          <EmptyState title="No resources yet">
            <p>Without resources, all access tokens are for the issuer. That is enough for an app with one API.</p>
          </EmptyState>
        )}
        {canEdit && (
          <div className="grid max-w-xl gap-3">
            <Card title="Create resource">
              <NewResource appId={app.id} scopes={freeScopes(custom, resources)} usualTtl={usualTtl} />
            </Card>
            <p className="text-sm text-ink-muted">
              A scope belongs to one resource or to the issuer.{" "}
              <TextLink href={appPath(app.id, "/scopes")}>Manage scopes</TextLink>
            </p>
          </div>
        )}
      </div>
    </>
  );
}

/** The scopes that no other resource has. */
function freeScopes(custom: Scope[], resources: ResourceItem[], own?: ResourceItem): Scope[] {
  const taken = new Set(resources.filter(({ id }) => id !== own?.id).flatMap(({ scopes }) => scopes));
  return custom.filter(({ name }) => !taken.has(name));
}

type ResourceTableProps = {
  resources: ResourceItem[];
  edit: ((resource: ResourceItem) => React.ReactNode) | null;
};

function ResourceTable({ resources, edit }: ResourceTableProps) {
  const columns: Column<ResourceItem>[] = [
    { label: "Resource", fluid: true, cell: (resource) => <ResourceName resource={resource} /> },
    { label: "Scopes", from: "md", cell: ({ scopes }) => <Scopes names={scopes} /> },
    {
      label: "Token lifetime",
      from: "lg",
      cell: ({ accessTokenTtlSeconds: ttl }) =>
        ttl === null ? <span className="text-ink-muted">Default</span> : formatDuration(ttl),
    },
  ];
  if (edit) columns.push({ label: "Actions", hideLabel: true, align: "end", cell: edit });
  return <Table caption="Resources" columns={columns} rows={resources} rowKey={({ id }) => id} />;
}

function ResourceName({ resource: { name, identifier, isDefault, scopes } }: { resource: ResourceItem }) {
  return (
    <div className="md:min-w-56">
      <span className="flex flex-wrap items-center gap-x-2">
        <span dir="auto" className="font-medium wrap-anywhere">
          {name}
        </span>
        {isDefault && <Badge tone="accent">Default</Badge>}
      </span>
      <code className="block font-mono text-xs wrap-anywhere text-ink-muted">{identifier}</code>
      <div className="mt-1 md:hidden">
        <Scopes names={scopes} />
      </div>
    </div>
  );
}

function Scopes({ names }: { names: string[] }) {
  if (names.length === 0) return <span className="text-ink-muted">None</span>;
  return (
    <span className="flex flex-wrap gap-1.5">
      {names.map((name) => (
        <code key={name} className="font-mono text-xs wrap-anywhere">
          {name}
        </code>
      ))}
    </span>
  );
}
