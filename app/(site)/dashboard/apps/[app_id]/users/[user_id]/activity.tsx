// Latest audit events of the user.
import Link from "next/link";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import { EventQuery, listEvents } from "@/lib/audit/list";
import { appPath } from "../../app-paths";
import { eventSummary } from "../../events/event-summary";

const SHOWN = "10";

export async function Activity({ appId, userId }: { appId: string; userId: string }) {
  const { data: events } = await listEvents(appId, EventQuery.parse({ user_id: userId, limit: SHOWN }));
  if (events.length === 0) return <p className="text-sm text-ink-muted">No events yet.</p>;
  return (
    <div className="grid gap-4 text-sm">
      <ol className="grid gap-3.5">
        {events.map((event) => (
          <li key={event.id}>
            <Link
              href={appPath(appId, `/events/${event.id}`)}
              prefetch={false}
              title={event.type}
              className={`rounded-sm hover:underline ${event.outcome === "success" ? "" : "text-danger"}`}
            >
              {eventSummary(event)}
              {event.count > 1 && ` (${event.count} times)`}
            </Link>
            <p className="text-ink-muted">
              <RelativeTime at={new Date(event.created_at)} />
              {event.ip && ` · ${event.ip}`}
            </p>
          </li>
        ))}
      </ol>
      <p>
        <TextLink href={appPath(appId, `/events?q=${userId}`)}>View all events</TextLink>
      </p>
    </div>
  );
}
