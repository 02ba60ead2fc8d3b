/**
 * Writes the audit trail. An event is written in the same transaction as the change that it
 * reports.
 */
import { now, nowMs } from "../clock";
import { db, type Prisma, type Tx } from "../database/client";
import { insertRows } from "../database/insert-rows";
import { newId } from "../ids";
import { metrics } from "../metrics";
import { requestContext } from "../request-context";

/** Who performed the action. */
export interface Actor {
  type: "user" | "developer" | "client" | "key" | "operator" | "system";
  id?: string;
}

/** A user who isn't identified yet: before sign-in, or by an emailed link. */
export const ANONYMOUS_USER: Actor = { type: "user" };

export const OUTCOMES = ["success", "failure", "rejected"] as const;

export interface NewEvent {
  type: string;
  outcome?: (typeof OUTCOMES)[number];
  actor: Actor;
  userId?: string;
  clientId?: string;
  sessionId?: string;
  target?: { type: string; id: string };
  reason?: string;
  /**
   * What was sent, what is registered, the section of the standard and the remedy. Never a secret.
   */
  explanation?: Prisma.InputJsonObject;
}

const USER_AGENT_LENGTH = 400;

/** The row of an event, for callers that write several rows in one batch. */
export function eventRow(appId: string, event: NewEvent) {
  const context = requestContext();
  return {
    appId,
    id: newId("evt"),
    type: event.type,
    outcome: event.outcome ?? "success",
    actorType: event.actor.type,
    actorId: event.actor.id ?? null,
    userId: event.userId ?? null,
    clientId: event.clientId ?? null,
    sessionId: event.sessionId ?? null,
    targetType: event.target?.type ?? null,
    targetId: event.target?.id ?? null,
    requestId: context?.requestId ?? null,
    ip: context?.ip ?? null,
    userAgent: context?.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
    reason: event.reason ?? null,
    explanation: event.explanation ?? {},
    createdAt: now(),
  };
}

export async function recordEvent(tx: Tx, appId: string, event: NewEvent): Promise<void> {
  await tx.auditEvent.create({ data: eventRow(appId, event), select: { id: true } });
}

/** Writes many events at once, such as those of an import. */
export async function recordEvents(tx: Tx, appId: string, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => eventRow(appId, event));
  await insertRows(tx, "AuditEvent", rows);
}

/**
 * Separates problems with the same code. Only Foyer's own words, so that a caller can't create new
 * groups.
 */
function problemKey({ explanation = {} }: NewEvent): string {
  return [explanation.section, explanation.parameter].filter(Boolean).join(" ");
}

/** What a caller sent, such as the `kid` of a JWT, without what PostgreSQL can't store. */
function storable(explanation: Prisma.InputJsonObject): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(explanation), (_, value) =>
    typeof value === "string" ? value.replaceAll("\0", "\ufffd").toWellFormed() : value,
  );
}

/**
 * An event that anyone can cause without limit: one counting row per app, type, problem, subject and
 * minute, so that repeated requests don't fill the table.
 */
export function countEvent(appId: string, event: NewEvent) {
  const minute = Math.floor(nowMs() / 60_000);
  const subject = event.clientId ?? event.target?.id ?? event.userId ?? event.actor.id ?? "";
  const groupKey = `${minute}/${event.type}/${event.reason ?? ""}/${problemKey(event)}/${subject}`.slice(0, 300);
  return db().auditEvent.upsert({
    where: { appId_groupKey: { appId, groupKey } },
    create: { ...eventRow(appId, event), groupKey },
    update: { count: { increment: 1 } },
    select: { id: true },
  });
}

/** A failed attempt or a rejected request. */
export async function recordRejection(appId: string, event: NewEvent & { reason: string }): Promise<void> {
  metrics().rejections.inc({ type: event.type });
  const explanation = event.explanation && storable(event.explanation);
  await countEvent(appId, { ...event, explanation, outcome: event.outcome ?? "rejected" });
}
