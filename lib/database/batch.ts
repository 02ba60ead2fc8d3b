/**
 * Batches concurrent requests of an app into one SQL statement, which saves round trips and
 * commits. Requests that arrive while two statements are running share the next one.
 */
import { prepared } from "./client";

/** The maximum number of concurrent batches per app. The next batch fills while they run. */
const MAX_RUNNING = 2;
const MAX_ROWS = 50;

/**
 * SQLSTATE classes of errors that one row can cause for the whole batch and that are rolled back:
 * invalid data (22), a constraint (23), a deadlock (40), a lock (55).
 */
const CAUSED_BY_ONE_ROW = /^(22|23|40|55)/;

interface PendingRequest<Values, Row> {
  values: Values;
  key: unknown;
  answer(row: Row | null): void;
  fail(error: unknown): void;
}

interface Queue<Values, Row> {
  waiting: PendingRequest<Values, Row>[];
  running: number;
  /** The keys of the requests in running statements. */
  keys: Set<unknown>;
}

interface Statement<Values> {
  /** The name of the prepared statement, unique per text. */
  name: string;
  /** The PostgreSQL types of the values. */
  types: { [Column in keyof Values & string]: string };
  /**
   * Requests with the same key run one after the other, so that the second sees the changes of the
   * first, and two statements of this process don't wait for each other's rows.
   */
  key?: (values: Values) => string;
  /**
   * `$1` is the app. `asked` is a table with one row per request and its position as "nth". The
   * statement returns at most one row per request, with that "nth".
   */
  text: (asked: string) => string;
}

/** Takes the next batch from the queue: at most one request per key. */
function take<Values, Row>(queue: Queue<Values, Row>): PendingRequest<Values, Row>[] {
  const batch: PendingRequest<Values, Row>[] = [];
  queue.waiting = queue.waiting.filter((one) => {
    if (batch.length === MAX_ROWS || queue.keys.has(one.key)) return true;
    queue.keys.add(one.key);
    batch.push(one);
    return false;
  });
  return batch;
}

/**
 * Returns a function that requests one row, or null if the statement returns none. Requests of
 * different apps never share a statement. If a batch fails because of one row, each request is
 * retried alone, so that one request's error doesn't fail the others.
 */
export function batchedStatement<Values extends object, Row extends object>({
  name,
  types,
  key,
  text,
}: Statement<Values>): (appId: string, values: Values) => Promise<Row | null> {
  const columns = Object.keys(types) as (keyof Values & string)[];
  const arrays = columns.map((column, index) => `$${index + 2}::${types[column]}[]`);
  const names = columns.map((column) => `"${column}"`);
  // With an unknown LIMIT, PostgreSQL expects few rows and keeps one generic plan. Without it, it
  // expects more rows than most batches have and plans each execution, which takes longer than
  // running it.
  const limit = `LIMIT $${columns.length + 2}::int`;
  const forMany = text(
    `(SELECT * FROM unnest(${arrays.join(", ")}) WITH ORDINALITY AS given(${names.join(", ")}, "nth") ${limit}) AS asked`,
  );
  const scalars = columns.map((column, index) => `$${index + 2}::${types[column]} AS "${column}"`);
  const forOne = text(`(SELECT ${scalars.join(", ")}, 1 AS "nth") AS asked`);
  const queues = new Map<string, Queue<Values, Row>>();

  /** Runs a single request with plain parameters, which cost less than arrays of one element. */
  async function runOne(appId: string, { values, answer }: PendingRequest<Values, Row>): Promise<void> {
    const [row] = await prepared<Row>(`${name}-one`, forOne, [appId, ...columns.map((column) => values[column])]);
    answer(row ?? null);
  }

  async function runMany(appId: string, batch: PendingRequest<Values, Row>[]): Promise<void> {
    const lists = columns.map((column) => batch.map(({ values }) => values[column]));
    const rows = await prepared<Row & { nth: string }>(name, forMany, [appId, ...lists, batch.length]);
    const found = new Map(rows.map((row) => [Number(row.nth), row]));
    for (const [index, { answer }] of batch.entries()) answer(found.get(index + 1) ?? null);
  }

  async function runBatch(appId: string, batch: PendingRequest<Values, Row>[]): Promise<void> {
    try {
      const [first, ...others] = batch;
      if (first && others.length === 0) await runOne(appId, first);
      else await runMany(appId, batch);
    } catch (error) {
      const { code = "" } = error as { code?: string };
      if (batch.length > 1 && CAUSED_BY_ONE_ROW.test(code))
        await Promise.all(batch.map((one) => runBatch(appId, [one])));
      else for (const { fail } of batch) fail(error);
    }
  }

  async function next(appId: string, queue: Queue<Values, Row>): Promise<void> {
    while (queue.running < MAX_RUNNING) {
      const batch = take(queue);
      if (batch.length === 0) break;
      queue.running++;
      await runBatch(appId, batch);
      queue.running--;
      for (const one of batch) queue.keys.delete(one.key);
    }
    // A late call for a deleted queue must not delete the app's new queue.
    const idle = queue.running === 0 && queue.waiting.length === 0;
    if (idle && queues.get(appId) === queue) queues.delete(appId);
  }

  return (appId, values) =>
    new Promise((answer, fail) => {
      const queue = queues.get(appId) ?? { waiting: [], running: 0, keys: new Set() };
      queues.set(appId, queue);
      queue.waiting.push({ values, key: key ? key(values) : values, answer, fail });
      // Deferred, so that requests of the same event-loop turn share the statement.
      setImmediate(next, appId, queue);
    });
}
