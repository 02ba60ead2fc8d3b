// The OAuth clients of an App: the applications that may ask its users for access.
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Avatar } from "@/app/_ui/avatar";
import { Badge } from "@/app/_ui/badge";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SearchField } from "@/app/_ui/search-field";
import { type Column, Table } from "@/app/_ui/table";
import { includesRole } from "@/lib/apps/members";
import { PageQuery } from "@/lib/database/pagination";
import { listClients } from "@/lib/oauth/clients/clients";
import { type AppPageProps, appPath } from "../app-paths";
import { typeOfClient } from "./types";

export const metadata: Metadata = { title: "Clients" };

type ClientItem = Awaited<ReturnType<typeof listClients>>["data"][number];

export default async function ClientsPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/clients");
  const { app, role } = await requireMembership(app_id, path);
  const { q, cursor } = await searchParams;
  const sent = PageQuery.safeParse({ q: q || undefined, cursor: cursor || undefined, limit: "25" });
  const query = sent.success ? sent.data : PageQuery.parse({ limit: "25" });
  const { data: clients, next_cursor } = await listClients(app.id, query);
  const untouched = clients.length === 0 && !query.q && !query.cursor;
  const add = includesRole(role, "admin") && (
    <ButtonLink href={`${path}/new`} prefetch={false}>
      <Plus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      New client
    </ButtonLink>
  );
  const columns: Column<ClientItem>[] = [
    { label: "Client", fluid: true, cell: (client) => <Name client={client} href={`${path}/${client.client_id}`} /> },
    { label: "Kind", from: "sm", cell: (client) => typeOfClient(client).title },
    { label: "Created", from: "md", cell: (client) => <RelativeTime at={new Date(client.created_at)} /> },
    {
      label: "Last used",
      cell: ({ last_used_at: at }) =>
        at ? <RelativeTime at={new Date(at)} /> : <span className="text-ink-muted">Never</span>,
    },
  ];

  function pageAt(at: string | null): string {
    const search = new URLSearchParams({ ...(query.q && { q: query.q }), ...(at && { cursor: at }) });
    return search.size > 0 ? `${path}?${search}` : path;
  }

  return (
    <>
      <PageHeader
        title="Clients"
        description="Applications that ask your users for access, through OAuth 2 and OpenID Connect."
        actions={!untouched && add}
      />
      {untouched ? (
        <EmptyState title="No client yet" action={add}>
          <p>
            A client is an application of somebody else, or of your own, that signs your users in or reads their data
            with their consent, and without their password.
          </p>
        </EmptyState>
      ) : (
        <>
          <div className="mb-4">
            <SearchField action={path} label="Search clients" placeholder="A part of the name" query={query.q} />
          </div>
          {clients.length > 0 ? (
            <Table caption="Clients" columns={columns} rows={clients} rowKey={(client) => client.client_id} />
          ) : (
            <EmptyState title="No client matches">
              <p>A part of the name is enough.</p>
            </EmptyState>
          )}
          <Pager
            label="Clients"
            first={query.cursor && pageAt(null)}
            next={next_cursor ? pageAt(next_cursor) : undefined}
          />
        </>
      )}
    </>
  );
}

function Name({ client, href }: { client: ClientItem; href: string }) {
  return (
    <div className="flex items-center sm:max-w-[min(28rem,60vw)] sm:min-w-44 gap-3.5">
      <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
      <Link href={href} prefetch={false} className="block min-w-0 rounded-sm after:absolute after:inset-0">
        <span className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium" title={client.client_name}>
            {client.client_name}
          </span>
          {client.first_party && <Badge tone="accent">First party</Badge>}
        </span>
        <code className="block truncate font-mono text-xs text-ink-muted">{client.client_id}</code>
      </Link>
    </div>
  );
}
