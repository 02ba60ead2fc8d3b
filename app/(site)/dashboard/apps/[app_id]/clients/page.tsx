// List of the app's OAuth clients.
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterBar } from "@/app/_ui/filter-bar";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { includesRole } from "@/lib/apps/members";
import { listClients } from "@/lib/oauth/clients/clients";
import { type AppPageProps, appPath } from "../app-paths";
import { pageLinks } from "../page-search";
import { ClientTable } from "./client-table";
import { readClientSearch, sourceFilter } from "./query";

export const metadata: Metadata = { title: "Applications" };

export default async function ClientsPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/clients");
  const { app, role } = await requireMembership(app_id, path);
  const query = readClientSearch(await searchParams);
  const { data: clients, next_cursor } = await listClients(app.id, query);
  const hasClients = clients.length > 0 || Boolean(query.q || query.cursor || query.source);
  const createLink = includesRole(role, "admin") && <CreateLink path={path} />;

  return (
    <>
      <PageHeader
        title="Applications"
        description="Applications, yours or a third party’s, that sign in your users or access their data with OAuth 2.0 and OpenID Connect."
        actions={hasClients && createLink}
      />
      {hasClients ? (
        <>
          <div className="mb-4">
            <FilterBar
              action={path}
              search={{ label: "Search applications", placeholder: "Application name", value: query.q }}
              filters={[sourceFilter(query)]}
              isFiltered={Boolean(query.q || query.source)}
            />
          </div>
          {clients.length > 0 ? (
            <ClientTable clients={clients} path={path} />
          ) : (
            <EmptyState title="No applications found">
              <p>Enter a part of the application’s name, or choose another origin.</p>
            </EmptyState>
          )}
          <Pager label="Applications" {...pageLinks(path, query, next_cursor, { source: query.source })} />
        </>
      ) : (
        <EmptyState title="No applications yet" action={createLink}>
          <p>
            Create one for each website, mobile application or service that signs in your users, or that accesses their
            data with their consent.
          </p>
        </EmptyState>
      )}
    </>
  );
}

function CreateLink({ path }: { path: string }) {
  return (
    <ButtonLink href={`${path}/new`} prefetch={false}>
      <Plus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Create application
    </ButtonLink>
  );
}
