// Table of events: summary, user or client, actor and time.
import Link from "next/link";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { EventAnswer } from "@/lib/audit/list";
import { type ActorNames, actorName, subjectName } from "./actor-names";
import { eventSummary } from "./event-summary";
import { OutcomeMark } from "./outcome-mark";

type EventTableProps = { events: EventAnswer[]; names: ActorNames; path: string };

export function EventTable({ events, names, path }: EventTableProps) {
  const columns: Column<EventAnswer>[] = [
    {
      label: "Event",
      fluid: true,
      cell: (event) => <EventCell event={event} href={`${path}/${event.id}`} about={subjectName(event, names)} />,
    },
    { label: "User or application", from: "md", cell: (event) => <Name>{subjectName(event, names)}</Name> },
    { label: "Actor", from: "lg", cell: (event) => <Name>{otherActor(event, names)}</Name> },
    { label: "Time", from: "sm", cell: (event) => <RelativeTime at={new Date(event.created_at)} /> },
  ];
  return <Table caption="Events" columns={columns} rows={events} rowKey={(event) => event.id} />;
}

/** The actor's name, unless it is the subject or an anonymous user. */
function otherActor(event: EventAnswer, names: ActorNames): string | null {
  const { type, id } = event.actor;
  const subject = type === "client" ? event.client_id : event.user_id;
  const isRedundant = id === null ? type === "user" : id === subject;
  return isRedundant ? null : actorName(event, names);
}

function EventCell({ event, href, about }: { event: EventAnswer; href: string; about: string | null }) {
  return (
    <div className="flex gap-3 sm:max-w-[min(34rem,52vw)] sm:min-w-44">
      <OutcomeMark outcome={event.outcome} />
      <div className="min-w-0">
        {/* The link covers the whole row. */}
        <Link href={href} prefetch={false} className="block rounded-sm after:absolute after:inset-0">
          <span className="line-clamp-2 font-medium">{eventSummary(event)}</span>
        </Link>
        <span className="flex min-w-0 flex-wrap gap-x-2 text-ink-muted">
          {about && (
            <span dir="auto" className="min-w-0 truncate md:hidden">
              {about}
            </span>
          )}
          <code className="truncate font-mono text-xs/[1.375rem] max-sm:hidden">{event.type}</code>
          <span className="sm:hidden">
            <RelativeTime at={new Date(event.created_at)} />
          </span>
          {event.count > 1 && <span className="whitespace-nowrap">{event.count} times in one minute</span>}
        </span>
      </div>
    </div>
  );
}

function Name({ children }: { children: string | null }) {
  if (!children) return <span className="text-ink-muted">–</span>;
  return (
    <span dir="auto" className="block max-w-48 truncate" title={children}>
      {children}
    </span>
  );
}
