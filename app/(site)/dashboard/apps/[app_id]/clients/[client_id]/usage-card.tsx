// Usage of a client: connected users and last use.
import type { ReactNode } from "react";
import { FactList } from "@/app/_ui/fact-list";
import { formatCount } from "@/app/_ui/format-count";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { Client } from "@/lib/oauth/clients/clients";
import { type ClientUsage, MAX_COUNTED } from "@/lib/oauth/clients/usage-counts";

export function UsageCard({ client, use }: { client: Client; use: ClientUsage }) {
  const rows: [string, ReactNode][] = [];
  if (client.grant_types.includes("authorization_code"))
    rows.push(["Used by", formatCount(use.users, "user", MAX_COUNTED)]);
  rows.push(
    ["Last used", client.lastUsedAt ? <RelativeTime key="used" at={client.lastUsedAt} /> : "Never"],
    ["Created", <RelativeTime key="created" at={client.createdAt} />],
  );
  return <FactList facts={rows} />;
}
