// Events of an app: its audit trail, including rejected requests.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { DownloadLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterBar } from "@/app/_ui/filter-bar";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { TextLink } from "@/app/_ui/text-link";
import { type EventAnswer, eventAnswer, findEvents } from "@/lib/audit/list";
import { type AppPageProps, appPath } from "../app-paths";
import { type ActorNames, loadActorNames } from "./actor-names";
import { DayRange } from "./day-range";
import { EventTable } from "./event-table";
import { eventFilters } from "./filters";
import { LiveTail } from "./live-tail";
import { DAYS, type EventRequest, type EventSearch, readSearch, searchParams, toRequest } from "./query";

export const metadata: Metadata = { title: "Events" };

const PAGE_SIZE = 50;

export default async function EventsPage({ params, searchParams: sent }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/events");
  const { app } = await requireMembership(app_id, path);
  const search = readSearch(await sent);
  const request = await toRequest(app.id, search);
  const events = request ? await pageOf(app.id, request) : [];
  const names = await loadActorNames(app.id, events);
  const { cursor, ...filters } = search;
  const isFiltered = Object.keys(filters).length > 0;
  const shown = events.slice(0, PAGE_SIZE);
  const last = events.length > PAGE_SIZE ? shown.at(-1)?.id : undefined;

  return (
    <>
      <PageHeader
        title="Events"
        actions={
          <>
            {!cursor && <LiveTail ids={shown.map(({ id }) => id)} />}
            <DownloadLink href={`${path}/export${searchParams(filters)}`}>Export CSV</DownloadLink>
          </>
        }
      />
      <div className="mb-3">
        <FilterBar
          action={path}
          search={{ label: "Search events", placeholder: "Email, or user, client, key or request ID", value: search.q }}
          filters={eventFilters(search, names.client)}
          isFiltered={isFiltered}
        >
          {search.within === DAYS && <DayRange from={search.from} to={search.to} />}
        </FilterBar>
      </div>
      <Found events={shown} names={names} path={path} search={search} unknown={!request} />
      <Pager
        label="Events"
        first={cursor && `${path}${searchParams(filters)}`}
        next={last && `${path}${searchParams({ ...filters, cursor: last })}`}
      />
      <p className="mt-6 text-sm text-ink-muted">
        Foyer keeps events for {app.settings.audit_retention_days} days.{" "}
        <TextLink href={appPath(app.id, "/settings#audit-trail")}>Change retention</TextLink>
      </p>
    </>
  );
}

/** Loads one event more than a page shows, to know whether there is a next page. */
async function pageOf(appId: string, { filter, cursor }: EventRequest): Promise<EventAnswer[]> {
  return (await findEvents(appId, filter, { cursor, limit: PAGE_SIZE + 1 })).map(eventAnswer);
}

type FoundProps = { events: EventAnswer[]; names: ActorNames; path: string; search: EventSearch; unknown: boolean };

function Found({ events, names, path, search, unknown }: FoundProps) {
  if (events.length > 0) return <EventTable events={events} names={names} path={path} />;
  if (unknown) {
    return (
      <EmptyState title="No events found">
        <p>
          Enter the complete ID of a user, client, API key or request, or the complete email address of a user. For
          other criteria, use the filters.
        </p>
      </EmptyState>
    );
  }
  if (Object.keys(search).length > 0) {
    return (
      <EmptyState title="No events found">
        <p>{search.cursor ? "There are no more events." : "Change or clear the filters."}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No events yet">
      <p>Sign-ins, changes and rejected requests appear here. Rejected requests include an explanation.</p>
    </EmptyState>
  );
}
