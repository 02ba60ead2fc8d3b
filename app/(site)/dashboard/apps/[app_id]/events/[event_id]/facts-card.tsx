// Facts of an event: outcome, time, actor, user, client, IP address, device and IDs.
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { IdChip } from "@/app/_ui/id-chip";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import type { EventAnswer } from "@/lib/audit/list";
import { parseUserAgent } from "@/lib/text/user-agent";
import { appPath } from "../../app-paths";
import { clientPath } from "../../clients/client-path";
import { type ActorNames, actorName } from "../actor-names";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

type FactsCardProps = { appId: string; event: EventAnswer; names: ActorNames };

export function FactsCard({ appId, event, names }: FactsCardProps) {
  const at = new Date(event.created_at);
  const rows: [string, ReactNode][] = [
    ["Outcome", <OutcomeBadge key="outcome" outcome={event.outcome} />],
    [
      "Time",
      <span key="when">
        {exact.format(at)} UTC
        <span className="block text-ink-muted">
          <RelativeTime at={at} />
        </span>
      </span>,
    ],
    ["Count", event.count > 1 && `${event.count} times in this minute`],
    ["Actor", actorName(event, names)],
    [
      "User",
      event.user_id && <User key="user" appId={appId} id={event.user_id} name={names.user.get(event.user_id)} />,
    ],
    [
      "Application",
      event.client_id && (
        <Client key="client" appId={appId} id={event.client_id} name={names.client.get(event.client_id)} />
      ),
    ],
    ["IP address", event.ip && <span dir="ltr">{event.ip}</span>],
    ["Device", event.user_agent && <span title={event.user_agent}>{parseUserAgent(event.user_agent).name}</span>],
    ["Request ID", event.request_id && <Request key="request" appId={appId} id={event.request_id} />],
    ["Event ID", <IdChip key="id" id={event.id} what="Event ID" />],
  ];
  return (
    <Card>
      <dl className="grid gap-3.5 text-sm">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3">
              <dt className="text-ink-muted">{label}</dt>
              <dd dir="auto" className="min-w-0 break-words">
                {value}
              </dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}

function OutcomeBadge({ outcome }: { outcome: string }) {
  if (outcome === "failure") return <Badge tone="danger">Failed</Badge>;
  return outcome === "rejected" ? <Badge tone="warning">Rejected</Badge> : <Badge tone="success">Succeeded</Badge>;
}

/** A deleted user has no page. */
function User({ appId, id, name }: { appId: string; id: string; name: string | undefined }) {
  if (name === undefined) return <span className="font-mono text-xs break-all">{id}</span>;
  return <TextLink href={appPath(appId, `/users/${id}`)}>{name}</TextLink>;
}

function Client({ appId, id, name }: { appId: string; id: string; name: string | undefined }) {
  if (name === undefined) return "Deleted application";
  return <TextLink href={clientPath(appId, id)}>{name}</TextLink>;
}

function Request({ appId, id }: { appId: string; id: string }) {
  return (
    <span className="grid justify-items-start gap-1">
      <IdChip id={id} what="Request ID" />
      <TextLink href={appPath(appId, `/events?q=${id}`)}>View events of this request</TextLink>
    </span>
  );
}
