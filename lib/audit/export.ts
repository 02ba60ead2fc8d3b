/** CSV export of the audit trail. */
import { csvHeader, csvLine } from "../text/csv";
import { type EventFilter, eventAnswer, findEvents } from "./list";

const BATCH = 1000;

const COLUMNS = [
  "created_at",
  "id",
  "type",
  "outcome",
  "reason",
  "count",
  "actor_type",
  "actor_id",
  "user_id",
  "client_id",
  "session_id",
  "target_type",
  "target_id",
  "request_id",
  "ip",
  "user_agent",
  "explanation",
] as const;

/**
 * CSV lines of the events that match the filter, newest first. Without a filter, only the header line.
 */
export async function* eventsAsCsv(appId: string, filter: EventFilter | undefined): AsyncGenerator<string> {
  yield csvHeader([...COLUMNS]);
  if (!filter) return;
  let cursor: string | undefined;
  do {
    const events = await findEvents(appId, filter, { cursor, limit: BATCH });
    yield events
      .map((event) => {
        const { actor, target, explanation, ...rest } = eventAnswer(event);
        const flat: Record<string, string | number | null> = {
          ...rest,
          actor_type: actor.type,
          actor_id: actor.id,
          target_type: event.targetType,
          target_id: event.targetId,
          explanation: JSON.stringify(explanation),
        };
        return csvLine(COLUMNS.map((column) => flat[column]));
      })
      .join("");
    cursor = events.length === BATCH ? events.at(-1)?.id : undefined;
  } while (cursor);
}
