/**
 * One statement for many requests of an App: whoever asks while earlier ones are under way shares the next statement, as a lift takes all who
 * stand there. Who comes alone goes at once. What a statement costs beside its rows, the way there and back and the commit, is paid once.
 */
import { prepared } from "./db";

/** Two, so that one is filled while the other is carried out. */
const MOST_UNDER_WAY = 2;
const MOST_ROWS = 50;

/** SQLSTATE classes of what one row can do to all others, and what surely left nothing behind: bad data, a constraint, a deadlock, somebody's lock. */
const BECAUSE_OF_A_ROW = /^(22|23|40|55)/;

interface Asked<Values, Row> {
  values: Values;
  answer(row: Row | null): void;
  fail(error: unknown): void;
}

interface Queue<Values, Row> {
  waiting: Asked<Values, Row>[];
  underWay: number;
}

/**
 * @param name - of the prepared statement; unique per text
 * @param types - what is asked with, and its PostgreSQL type
 * @param text - the statement. `$1` is the App; `asked` stands for a table of what is asked, one row for each, with its place in "nth". It returns
 *   at most one row for each, with that "nth".
 * @returns asks for one row of an App's; null where the statement returned none for it. Requests of two Apps never share a statement: neither their
 *   rows nor their locks can meet. Where it fails because of one row, each is asked for alone, so that nobody fails for another.
 */
export function sharedStatement<Values extends object, Row extends object>(
  name: string,
  types: { [Column in keyof Values & string]: string },
  text: (asked: string) => string,
): (appId: string, values: Values) => Promise<Row | null> {
  const columns = Object.keys(types) as (keyof Values & string)[];
  const arrays = columns.map((column, index) => `$${index + 2}::${types[column]}[]`);
  const asked = `unnest(${arrays.join(", ")}) WITH ORDINALITY AS asked(${columns.map((column) => `"${column}"`).join(", ")}, "nth")`;
  const statement = text(asked);
  const queues = new Map<string, Queue<Values, Row>>();

  async function carryOut(appId: string, group: Asked<Values, Row>[]): Promise<void> {
    try {
      const lists = columns.map((column) => group.map(({ values }) => values[column]));
      const rows = await prepared<Row & { nth: string }>(name, statement, [appId, ...lists]);
      const found = new Map(rows.map((row) => [Number(row.nth), row]));
      for (const [index, { answer }] of group.entries()) answer(found.get(index + 1) ?? null);
    } catch (error) {
      const { code = "" } = error as { code?: string };
      if (group.length > 1 && BECAUSE_OF_A_ROW.test(code))
        await Promise.all(group.map((one) => carryOut(appId, [one])));
      else for (const { fail } of group) fail(error);
    }
  }

  async function next(appId: string, queue: Queue<Values, Row>): Promise<void> {
    while (queue.waiting.length > 0 && queue.underWay < MOST_UNDER_WAY) {
      queue.underWay++;
      await carryOut(appId, queue.waiting.splice(0, MOST_ROWS));
      queue.underWay--;
    }
    if (queue.underWay === 0 && queue.waiting.length === 0) queues.delete(appId);
  }

  return (appId, values) =>
    new Promise((answer, fail) => {
      const queue = queues.get(appId) ?? { waiting: [], underWay: 0 };
      queues.set(appId, queue);
      queue.waiting.push({ values, answer, fail });
      // Not yet: other requests may have come in the same moment.
      setImmediate(next, appId, queue);
    });
}
