// Table of connections.
import Link from "next/link";
import { Badge } from "@/app/_ui/badge";
import { ProviderLogo } from "@/app/_ui/provider-logo";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { Connection } from "@/lib/social/connections";
import { MANY_USERS } from "@/lib/users/count";
import { appPath } from "../app-paths";

export interface ConnectionRow extends Connection {
  /** The number of users with a linked account. */
  users: number;
}

const columns: Column<ConnectionRow>[] = [
  { label: "Connection", fluid: true, cell: (row) => <Name {...row} /> },
  { label: "Status", cell: (row) => <ConnectionStatus {...row} /> },
  { label: "Users", from: "sm", align: "end", cell: ({ users }) => userCount(users) },
  { label: "Updated", from: "md", cell: ({ updatedAt }) => <RelativeTime at={updatedAt} /> },
];

export function ConnectionTable({ rows }: { rows: ConnectionRow[] }) {
  return <Table caption="Connections" columns={columns} rows={rows} rowKey={({ connection }) => connection} />;
}

export function userCount(users: number): string {
  return users >= MANY_USERS ? `${MANY_USERS.toLocaleString("en")}+` : users.toLocaleString("en");
}

function Name({ appId, connection, provider, label }: ConnectionRow) {
  return (
    <span className="flex items-center gap-3">
      <ProviderLogo provider={provider} />
      <span className="min-w-0">
        {/* The link covers the whole row. */}
        <Link
          href={appPath(appId, `/connections/${connection}`)}
          prefetch={false}
          dir="auto"
          className="line-clamp-2 font-medium wrap-anywhere after:absolute after:inset-0 hover:text-accent"
        >
          {label}
        </Link>
        <code className="block font-mono text-xs wrap-anywhere text-ink-muted">{connection}</code>
      </span>
    </span>
  );
}

export function ConnectionStatus({ enabled }: { enabled: boolean }) {
  return enabled ? <Badge tone="success">Enabled</Badge> : <Badge>Disabled</Badge>;
}
