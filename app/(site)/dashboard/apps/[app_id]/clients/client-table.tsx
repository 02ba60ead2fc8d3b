// Table of OAuth clients.
import Link from "next/link";
import { Avatar } from "@/app/_ui/avatar";
import { Badge } from "@/app/_ui/badge";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { listClients } from "@/lib/oauth/clients/clients";
import { clientSlug } from "./client-path";
import { typeOfClient } from "./types";

type ClientItem = Awaited<ReturnType<typeof listClients>>["data"][number];

export function ClientTable({ clients, path }: { clients: ClientItem[]; path: string }) {
  const columns: Column<ClientItem>[] = [
    {
      label: "Application",
      fluid: true,
      cell: (client) => <ClientCell client={client} href={`${path}/${clientSlug(client.client_id)}`} />,
    },
    { label: "Type", from: "sm", cell: (client) => typeOfClient(client).title },
    { label: "Created", from: "md", cell: (client) => <RelativeTime at={new Date(client.created_at)} /> },
    { label: "Last used", cell: (client) => <LastUsed at={client.last_used_at} /> },
  ];
  return <Table caption="Applications" columns={columns} rows={clients} rowKey={(client) => client.client_id} />;
}

function ClientCell({ client, href }: { client: ClientItem; href: string }) {
  return (
    <div className="flex items-center sm:max-w-[min(28rem,60vw)] sm:min-w-44 gap-3.5">
      <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
      <Link href={href} prefetch={false} className="block min-w-0 rounded-sm after:absolute after:inset-0">
        <span className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium" title={client.client_name}>
            {client.client_name}
          </span>
          {client.first_party && <Badge tone="accent">First-party</Badge>}
          {client.source === "dcr" && <Badge>Registered</Badge>}
          {client.source === "cimd" && <Badge>{hostOf(client.client_id)}</Badge>}
        </span>
        <code className="block truncate font-mono text-xs text-ink-muted">{client.client_id}</code>
      </Link>
    </div>
  );
}

/** The host of a metadata document. */
function hostOf(clientId: string): string {
  return URL.canParse(clientId) ? new URL(clientId).host : clientId;
}

function LastUsed({ at }: { at: string | null }) {
  return at ? <RelativeTime at={new Date(at)} /> : <span className="text-ink-muted">Never</span>;
}
