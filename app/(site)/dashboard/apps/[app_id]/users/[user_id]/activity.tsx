// What happened to the user lately, from the audit trail.
import { RelativeTime } from "@/app/_ui/relative-time";
import { EventQuery, listEvents } from "@/lib/audit/list";
import { eventSentence } from "./event-sentence";

const SHOWN = "10";

export async function Activity({ appId, userId }: { appId: string; userId: string }) {
  const { data: events } = await listEvents(appId, EventQuery.parse({ user_id: userId, limit: SHOWN }));
  if (events.length === 0) return <p className="text-sm text-ink-muted">Nothing yet.</p>;
  return (
    <ol className="grid gap-3.5 text-sm">
      {events.map((event) => (
        <li key={event.id}>
          <p className={event.outcome === "success" ? undefined : "text-danger"} title={event.type}>
            {eventSentence(event)}
            {event.count > 1 && ` (${event.count} times)`}
          </p>
          <p className="text-ink-muted">
            <RelativeTime at={new Date(event.created_at)} />
            {event.ip && ` · ${event.ip}`}
          </p>
        </li>
      ))}
    </ol>
  );
}
