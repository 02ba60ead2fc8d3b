/** Search parameters of the events page, and their conversion to an event filter. */
import { EVENT_GROUPS, type EventGroup, typesOf } from "@/lib/audit/event-types";
import { ACTOR_TYPES, type EventFilter, EventQuery } from "@/lib/audit/list";
import { nowMs } from "@/lib/clock";
import { resolveUserId } from "@/lib/users/search";

/** The known search parameters. */
export interface EventSearch {
  /** The ID of a user, client, API key or request, or a user's email address. */
  q?: string;
  /** An event type, or the name of a group. */
  type?: string;
  /** success, failure, rejected, or trouble (failure and rejected). */
  outcome?: string;
  actor?: string;
  client?: string;
  within?: string;
  /** For within=days: UTC days, inclusive. */
  from?: string;
  to?: string;
  cursor?: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const PERIODS: Record<string, { label: string; ms: number }> = {
  hour: { label: "Last hour", ms: HOUR_MS },
  day: { label: "Last 24 hours", ms: DAY_MS },
  week: { label: "Last 7 days", ms: 7 * DAY_MS },
  month: { label: "Last 30 days", ms: 30 * DAY_MS },
};

/** The value of `within` for a custom date range. */
export const DAYS = "days";

const NAMES = ["q", "type", "outcome", "actor", "client", "within", "from", "to", "cursor"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Sent = Record<string, string | string[] | undefined>;

export function readSearch(sent: Sent): EventSearch {
  const given = NAMES.flatMap((name) => {
    const value = sent[name];
    return typeof value === "string" && value.trim() ? [[name, value.trim().slice(0, 320)] as const] : [];
  });
  return Object.fromEntries(given);
}

export function searchParams(search: EventSearch): string {
  const given = NAMES.flatMap((name) => (search[name] ? [[name, search[name]]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

const isGroup = (name: string): name is EventGroup => Object.hasOwn(EVENT_GROUPS, name);

function typesFor(type: string | undefined): string[] | undefined {
  if (!type) return undefined;
  return isGroup(type) ? typesOf(type) : [type.slice(0, 100)];
}

const OUTCOMES: Record<string, string[]> = {
  success: ["success"],
  failure: ["failure"],
  rejected: ["rejected"],
  trouble: ["failure", "rejected"],
};

function dayMs(text: string | undefined): number {
  return text && DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
}

function timesFor({ within = "", from, to }: EventSearch): Pick<EventFilter, "after" | "before"> {
  const period = PERIODS[within];
  if (period) return { after: new Date(nowMs() - period.ms) };
  if (within !== DAYS) return {};
  const [first, last] = [dayMs(from), dayMs(to)];
  return {
    ...(!Number.isNaN(first) && { after: new Date(first) }),
    ...(!Number.isNaN(last) && { before: new Date(last + DAY_MS) }),
  };
}

/** The filter for a search text, by the prefix of the ID. null: nothing can match. */
async function filterFor(appId: string, q: string | undefined): Promise<EventFilter | null> {
  if (!q) return {};
  if (q.includes("@")) {
    const user_id = await resolveUserId(appId, q).catch(() => null);
    return user_id && user_id !== q ? { user_id } : null;
  }
  if (/^usr_\w+$/.test(q)) return { user_id: q };
  if (/^cli_\w+$/.test(q)) return { client_id: q };
  if (/^req_\w+$/.test(q)) return { request_id: q };
  return /^key_\w+$/.test(q) ? { actor_id: q, actor_type: "key" } : null;
}

export interface EventRequest {
  filter: EventFilter;
  cursor: string | undefined;
}

/** null: no event can match the search text. */
export async function toRequest(appId: string, search: EventSearch): Promise<EventRequest | null> {
  const searched = await filterFor(appId, search.q);
  if (!searched) return null;
  const actor_type = ACTOR_TYPES.find((type) => type === search.actor);
  const cursor = EventQuery.shape.cursor.safeParse(search.cursor);
  const filter: EventFilter = {
    ...(actor_type && { actor_type }),
    ...(search.client && { client_id: search.client.slice(0, 80) }),
    ...searched,
    ...timesFor(search),
    types: typesFor(search.type),
    outcomes: search.outcome ? OUTCOMES[search.outcome] : undefined,
  };
  return { filter, cursor: cursor.success ? cursor.data : undefined };
}
