// Custom claims of an app: what it adds to its tokens and to userinfo.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { type Column, Table } from "@/app/_ui/table";
import { includesRole } from "@/lib/apps/members";
import { listClaims } from "@/lib/claims/claim";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../app-paths";
import type { ClaimItem } from "./claim-fields";
import { EditClaim } from "./edit-claim";
import { NewClaim } from "./new-claim";
import { sourceText } from "./sources";
import { targetLabel } from "./targets";

export const metadata: Metadata = { title: "Claims" };

export default async function ClaimsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/claims"));
  const [found, known] = await Promise.all([listClaims(app.id), listScopes(app.id)]);
  const claims = found.map(({ id, name, source, scope, targets }) => ({ id, name, source, scope, targets }));
  const scopes = [...known.keys()];
  const canEdit = includesRole(role, "admin");
  return (
    <>
      <PageHeader
        title="Claims"
        description="Values that this app adds to tokens, such as a user’s plan. A changed value is in the next token."
      />
      <div className="grid gap-8">
        {claims.length > 0 ? (
          <ClaimTable
            claims={claims}
            edit={canEdit ? (claim) => <EditClaim claim={claim} appId={app.id} scopes={scopes} /> : null}
          />
        ) : (
          <EmptyState title="No custom claims yet">
            <p>Tokens contain the standard claims of OpenID Connect. Add a claim for what your APIs need to know.</p>
          </EmptyState>
        )}
        {canEdit && (
          <div className="max-w-xl">
            <Card title="Create claim">
              <NewClaim appId={app.id} scopes={scopes} />
            </Card>
          </div>
        )}
      </div>
    </>
  );
}

type ClaimTableProps = { claims: ClaimItem[]; edit: ((claim: ClaimItem) => React.ReactNode) | null };

function ClaimTable({ claims, edit }: ClaimTableProps) {
  const columns: Column<ClaimItem>[] = [
    { label: "Claim", fluid: true, cell: (claim) => <ClaimName claim={claim} /> },
    { label: "Source", from: "md", cell: (claim) => <Source claim={claim} /> },
    {
      label: "Scope",
      from: "lg",
      cell: ({ scope }) =>
        scope ? (
          <code className="font-mono text-xs">{scope}</code>
        ) : (
          <span className="text-ink-muted">Every token</span>
        ),
    },
    { label: "Appears in", from: "md", cell: ({ targets }) => targets.map(targetLabel).join(", ") },
  ];
  if (edit) columns.push({ label: "Actions", hideLabel: true, align: "end", cell: edit });
  return <Table caption="Custom claims" columns={columns} rows={claims} rowKey={({ id }) => id} />;
}

function ClaimName({ claim }: { claim: ClaimItem }) {
  return (
    <div className="md:min-w-40">
      <code className="font-mono text-[0.8125rem] font-medium wrap-anywhere">{claim.name}</code>
      <div className="text-ink-muted md:hidden">
        <Source claim={claim} />
      </div>
    </div>
  );
}

function Source({ claim }: { claim: ClaimItem }) {
  const { kind, value } = sourceText(claim.source);
  return (
    <span className="wrap-anywhere">
      {kind}: <code className="font-mono text-xs">{value.length > 60 ? `${value.slice(0, 60)}…` : value}</code>
    </span>
  );
}
