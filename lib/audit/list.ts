/** Lists and filters the audit trail. */
import { z } from "zod";
import { type AuditEvent, db, Prisma } from "../database/client";
import { ListQuery, type Page, toPage } from "../database/pagination";
import { failNotFound } from "../errors";
import { firstIdAt } from "../ids";
import { text } from "../input";
import { plainAddress } from "../ip-address";
import { type Actor, OUTCOMES } from "./events";

const id = (of: string) => text(80).describe(`Only events of this ${of}.`).optional();
const time = (which: string) =>
  z.iso
    .datetime({ offset: true, error: "must be a time like 2026-01-31T12:00:00Z" })
    .transform((value) => new Date(value))
    .describe(`Only events ${which}.`)
    .optional();

export const ACTOR_TYPES = [
  "user",
  "developer",
  "client",
  "key",
  "operator",
  "system",
] as const satisfies Actor["type"][];

export const EventQuery = ListQuery.extend({
  type: text(100).describe("Only events of this type, like user.signed_in.").optional(),
  outcome: z.enum(OUTCOMES).describe("Only events with this outcome: success, failure or rejected.").optional(),
  actor_type: z.enum(ACTOR_TYPES).describe("Only events of this type of actor.").optional(),
  actor_id: id("actor"),
  user_id: id("user"),
  client_id: id("client"),
  request_id: id("request"),
  after: time("from this moment on"),
  before: time("before this moment"),
});

export type EventQuery = z.output<typeof EventQuery>;

/** Unlike EventQuery, a filter can have several types and outcomes. */
export type EventFilter = Omit<EventQuery, "type" | "outcome" | "cursor" | "limit"> & {
  types?: string[];
  outcomes?: AuditEvent["outcome"][];
};

export function eventAnswer(event: AuditEvent) {
  return {
    id: event.id,
    type: event.type,
    outcome: event.outcome,
    actor: { type: event.actorType, id: event.actorId },
    user_id: event.userId,
    client_id: event.clientId,
    session_id: event.sessionId,
    target: event.targetType && { type: event.targetType, id: event.targetId },
    reason: event.reason,
    explanation: event.explanation,
    /** For rejected requests: how often within one minute. */
    count: event.count,
    request_id: event.requestId,
    ip: event.ip && plainAddress(event.ip),
    user_agent: event.userAgent,
    created_at: event.createdAt.toISOString(),
  };
}

export type EventAnswer = ReturnType<typeof eventAnswer>;

/**
 * The conditions that apply to every subquery. An ID sorts by time, so a time is a bound of the ID.
 */
function conditions(appId: string, filter: EventFilter, cursor: string | undefined): Prisma.Sql {
  const equal = {
    actorType: filter.actor_type,
    actorId: filter.actor_id,
    userId: filter.user_id,
    clientId: filter.client_id,
    requestId: filter.request_id,
  };
  const given = Object.entries(equal).filter(([, value]) => value !== undefined);
  return Prisma.join(
    [
      Prisma.sql`e."appId" = ${appId}`,
      ...given.map(([column, value]) => Prisma.sql`e.${Prisma.raw(`"${column}"`)} = ${value}`),
      ...(cursor ? [Prisma.sql`e."id" < ${cursor}`] : []),
      ...(filter.after ? [Prisma.sql`e."id" >= ${firstIdAt("evt", filter.after)}`] : []),
      ...(filter.before ? [Prisma.sql`e."id" < ${firstIdAt("evt", filter.before)}`] : []),
    ],
    " AND ",
  );
}

/** One subquery per type and outcome: its further conditions. */
function subqueriesOf({ types, outcomes }: EventFilter): Prisma.Sql[] {
  const byType = types?.map((type) => Prisma.sql`AND e."type" = ${type}`) ?? [Prisma.empty];
  const byOutcome = outcomes?.map((outcome) =>
    // The redundant condition is a constant, which lets the planner use the partial index of
    // unsuccessful events.
    outcome === "success"
      ? Prisma.sql`AND e."outcome" = 'success'`
      : Prisma.sql`AND e."outcome" <> 'success' AND e."outcome" = ${outcome}`,
  ) ?? [Prisma.empty];
  return byType.flatMap((type) => byOutcome.map((outcome) => Prisma.sql`${type} ${outcome}`));
}

/**
 * The newest events that match the filter. Each combination of type and outcome is a subquery that
 * reads its own index, newest first, and the results are merged. With one `IN (…)`, PostgreSQL
 * would sort all matching rows or scan past all others.
 */
export async function findEvents(
  appId: string,
  filter: EventFilter,
  page: { cursor?: string; limit: number },
): Promise<AuditEvent[]> {
  const where = conditions(appId, filter, page.cursor);
  const newest = Prisma.sql`ORDER BY e."id" DESC LIMIT ${page.limit}`;
  const subqueries = subqueriesOf(filter).map(
    (condition) => Prisma.sql`(SELECT e.* FROM "AuditEvent" e WHERE ${where} ${condition} ${newest})`,
  );
  return db().$queryRaw`SELECT e.* FROM (${Prisma.join(subqueries, " UNION ALL ")}) AS e ${newest}`;
}

/** Newest first. */
export async function listEvents(appId: string, query: EventQuery): Promise<Page<EventAnswer>> {
  const { type, outcome, cursor, limit, ...filter } = query;
  const rows = await findEvents(
    appId,
    { ...filter, types: type === undefined ? undefined : [type], outcomes: outcome && [outcome] },
    { cursor, limit: limit + 1 },
  );
  return toPage(rows, limit, eventAnswer);
}

export async function getEvent(appId: string, eventId: string): Promise<EventAnswer> {
  const event = await db().auditEvent.findUnique({ where: { appId_id: { appId, id: eventId } } });
  return event ? eventAnswer(event) : failNotFound("The event");
}
