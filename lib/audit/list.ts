/** Reading the audit trail. */
import type { z } from "zod";
import { type AuditEvent, db, type Prisma } from "../db";
import { failNotFound } from "../errors";
import { text } from "../input";
import { type Page, PageQuery, toPage } from "../page";

const id = (of: string) => text(64).describe(`Only events of this ${of}.`).optional();

export const EventQuery = PageQuery.omit({ q: true }).extend({
  type: text(100).describe("Only events of this type, like user.signed_in.").optional(),
  user_id: id("user"),
  client_id: id("client"),
  request_id: id("request"),
});

export type EventQuery = z.output<typeof EventQuery>;

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
    /** How often within its minute, for rejected requests. */
    count: event.count,
    request_id: event.requestId,
    ip: event.ip,
    user_agent: event.userAgent,
    created_at: event.createdAt.toISOString(),
  };
}

/** Newest first. */
export async function listEvents(appId: string, query: EventQuery): Promise<Page<ReturnType<typeof eventAnswer>>> {
  const where: Prisma.AuditEventWhereInput = {
    appId,
    type: query.type,
    userId: query.user_id,
    clientId: query.client_id,
    requestId: query.request_id,
    ...(query.cursor && { id: { lt: query.cursor } }),
  };
  const rows = await db().auditEvent.findMany({ where, orderBy: { id: "desc" }, take: query.limit + 1 });
  return toPage(rows, query.limit, eventAnswer);
}

export async function getEvent(appId: string, eventId: string): Promise<ReturnType<typeof eventAnswer>> {
  const event = await db().auditEvent.findUnique({ where: { appId_id: { appId, id: eventId } } });
  return event ? eventAnswer(event) : failNotFound("The event");
}
