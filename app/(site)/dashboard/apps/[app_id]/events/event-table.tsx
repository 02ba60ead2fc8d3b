// Table of events: summary, user, application, IP address and time.
import Link from "next/link";
import { formatRelativeTime } from "@/app/_ui/format-relative-time";
import { LocalTime, TimeZoneName } from "@/app/_ui/local-time";
import { type Column, Table } from "@/app/_ui/table";
import type { EventAnswer } from "@/lib/audit/list";
import { nowMs } from "@/lib/clock";
import { type ActorNames, actorName, clientName, userName } from "./actor-names";
import { eventSummary } from "./event-summary";
import { OutcomeMark } from "./outcome-mark";

type EventTableProps = { events: EventAnswer[]; names: ActorNames; path: string };

export function EventTable({ events, names, path }: EventTableProps) {
  const columns: Column<EventAnswer>[] = [
    {
      label: "Event",
      fluid: true,
      cell: (event) => <EventCell event={event} href={`${path}/${event.id}`} names={names} />,
    },
    { label: "User or actor", from: "md", cell: (event) => <Name wide>{personOf(event, names)}</Name> },
    { label: "Application", from: "lg", cell: (event) => <Name>{clientName(event, names)}</Name> },
    { label: "IP address", from: "xl", cell: (event) => <Name mono>{event.ip}</Name> },
    { label: "Time", from: "sm", note: <TimeZoneName />, cell: (event) => <EventTime at={event.created_at} /> },
  ];
  return <Table caption="Events" columns={columns} rows={events} rowKey={(event) => event.id} dense />;
}

/** The user that the event is about; otherwise who caused it. */
function personOf(event: EventAnswer, names: ActorNames): string | null {
  const user = userName(event, names);
  if (user || event.actor.type === "client") return user;
  return event.actor.type === "user" && event.actor.id === null ? null : actorName(event, names);
}

function EventTime({ at }: { at: string }) {
  return <LocalTime at={at} relative={formatRelativeTime(new Date(at), nowMs())} seconds />;
}

type EventCellProps = { event: EventAnswer; href: string; names: ActorNames };

function EventCell({ event, href, names }: EventCellProps) {
  const summary = eventSummary(event);
  return (
    <div className="flex items-baseline gap-2.5 sm:min-w-44">
      <OutcomeMark outcome={event.outcome} />
      <div className="min-w-0">
        {/* The link covers the whole row. */}
        <Link href={href} prefetch={false} title={summary} className="block rounded-sm after:absolute after:inset-0">
          <span className="font-medium max-sm:line-clamp-2 sm:block sm:truncate">
            {summary}
            {event.count > 1 && (
              <span className="font-normal text-ink-muted"> · {event.count} times in one minute</span>
            )}
          </span>
        </Link>
        <span className="flex min-w-0 gap-x-2 text-ink-muted sm:hidden">
          <span dir="auto" className="min-w-0 truncate">
            {personOf(event, names) ?? clientName(event, names)}
          </span>
          <span className="ml-auto">
            <EventTime at={event.created_at} />
          </span>
        </span>
      </div>
    </div>
  );
}

function Name({ children, wide, mono }: { children: string | null; wide?: boolean; mono?: boolean }) {
  if (!children) return null;
  return (
    <span
      dir="auto"
      className={`block truncate ${wide ? "max-w-40" : "max-w-28"} ${mono ? "font-mono text-xs/[1.375rem] text-ink-muted" : ""}`}
      title={children}
    >
      {children}
    </span>
  );
}
