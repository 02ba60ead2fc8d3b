// Connections of an app to sign-in providers.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { listConnections } from "@/lib/social/connections";
import { countIdentities } from "@/lib/social/identities";
import { type AppPageProps, appPath } from "../app-paths";
import { ConnectionTable } from "./connection-table";
import { Providers } from "./providers";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/connections"));
  const canEdit = includesRole(role, "admin");
  const rows = await Promise.all(
    (await listConnections(app.id)).map(async (connection) => ({
      ...connection,
      users: await countIdentities(app.id, connection.connection),
    })),
  );

  return (
    <>
      <PageHeader
        title="Connections"
        description="Users can sign in with an account of these providers, on your own pages and on Foyer’s hosted pages."
      />
      <div className="grid gap-8">
        {rows.length > 0 ? (
          <ConnectionTable rows={rows} />
        ) : (
          <EmptyState title="No connections yet">
            <p>
              {canEdit
                ? "Choose a provider below. You register Foyer at the provider, copy two values and test the connection."
                : "An owner or admin can add a connection."}
            </p>
          </EmptyState>
        )}
        {canEdit && (
          <section aria-labelledby="add">
            <h2 id="add" className="mb-3 text-base font-semibold">
              Add connection
            </h2>
            <Providers appId={app.id} />
          </section>
        )}
      </div>
    </>
  );
}
