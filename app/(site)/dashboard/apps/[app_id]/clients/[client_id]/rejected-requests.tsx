// Latest rejected requests of a client, with their explanation and fix.
import Link from "next/link";
import { Card } from "@/app/_ui/card";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import { EventQuery, listEvents } from "@/lib/audit/list";
import type { Client } from "@/lib/oauth/clients/clients";
import { explainRejection } from "@/lib/oauth/rejection-explanation";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { appPath } from "../../app-paths";
import { readExplanation } from "../../events/[event_id]/explanation";
import { FixButton } from "../../events/[event_id]/fix-button";
import { eventSummary } from "../../events/event-summary";

const SHOWN = "5";

type RejectedRequestsProps = { appId: string; client: Client; readOnly: boolean };

export async function RejectedRequests({ appId, client, readOnly }: RejectedRequestsProps) {
  const query = EventQuery.parse({ client_id: client.id, outcome: "rejected", limit: SHOWN });
  const [{ data: events, next_cursor }, scopes] = await Promise.all([listEvents(appId, query), listScopes(appId)]);
  const path = appPath(appId, "/events");
  const known = new Set(scopes.keys());
  return (
    <Card
      title="Rejected requests"
      description={
        events.length === 0 ? "The audit trail has no rejected requests." : "The latest requests, with the reasons."
      }
      actions={
        next_cursor && (
          <span className="text-sm">
            <TextLink href={`${path}?client=${client.id}&outcome=rejected`}>View all</TextLink>
          </span>
        )
      }
    >
      <ul className="-my-4 divide-y divide-line text-sm">
        {events.map((event) => {
          const { advice, fix } = explainRejection(event.explanation, client, known);
          const { sent } = readExplanation(event.explanation);
          return (
            <li key={event.id} className="grid gap-1.5 py-4">
              <p className="font-medium break-words">
                <Link href={`${path}/${event.id}`} prefetch={false} className="rounded-sm hover:text-accent">
                  {eventSummary(event).replace(/^Rejected: /, "")}
                </Link>
              </p>
              {sent?.map((value) => (
                <code key={value} className="font-mono text-xs break-all">
                  {value}
                </code>
              ))}
              {advice && <p className="text-ink-muted">{advice}</p>}
              <p className="text-ink-muted">
                <RelativeTime at={new Date(event.created_at)} />
                {event.count > 1 && `\u00a0· ${event.count} times in one minute`}
                {event.ip && `\u00a0· ${event.ip}`}
              </p>
              {fix && !readOnly && (
                <div className="mt-1.5">
                  <FixButton
                    fix={fix}
                    clientName={client.client_name}
                    hidden={{ app_id: appId, event_id: event.id }}
                    triggerProps={{ variant: "secondary", size: "sm" }}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
