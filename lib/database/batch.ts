/**
 * One statement for many requests of an App: whoever asks while earlier ones are under way shares the next statement, as a lift takes all who
 * stand there. Who comes alone goes at once. What a statement costs beside its rows, the way there and back and the commit, is paid once.
 */
import { prepared } from "./client";

/** Two, so that one is filled while the other is carried out. */
const MOST_UNDER_WAY = 2;
const MOST_ROWS = 50;

/** SQLSTATE classes of what one row can do to all others, and what surely left nothing behind: bad data, a constraint, a deadlock, somebody's lock. */
const BECAUSE_OF_A_ROW = /^(22|23|40|55)/;

interface Asked<Values, Row> {
  values: Values;
  key: unknown;
  answer(row: Row | null): void;
  fail(error: unknown): void;
}

interface Queue<Values, Row> {
  waiting: Asked<Values, Row>[];
  underWay: number;
  /** The keys of those under way. */
  keys: Set<unknown>;
}

interface Statement<Values> {
  /** Of the prepared statement; unique per text. */
  name: string;
  /** What is asked with, and its PostgreSQL type. */
  types: { [Column in keyof Values & string]: string };
  /**
   * What a statement that writes must not meet twice: two requests with the same key are carried out one after the other, so that the second finds
   * what the first has done, and two statements never wait for each other's rows.
   */
  key?: (values: Values) => string;
  /**
   * `$1` is the App; `asked` stands for a table of what is asked, one row for each, with its place in "nth". Returns at most one row for each, with
   * that "nth".
   */
  text: (asked: string) => string;
}

/**
 * "The row belongs to the app $1", for a row that is found by its primary key. Without statistics PostgreSQL expects one row per app
 * and may then walk all rows of the app by any index that begins with "appId". It expects several rows of an app that is listed
 * twice, so only the whole key will do. The index scan removes the duplicate.
 */
export function inApp(alias: string): string {
  return `${alias}."appId" = ANY (ARRAY[$1, $1])`;
}

/** Whose turn it is. */
function take<Values, Row>(queue: Queue<Values, Row>): Asked<Values, Row>[] {
  const group: Asked<Values, Row>[] = [];
  queue.waiting = queue.waiting.filter((one) => {
    if (group.length === MOST_ROWS || queue.keys.has(one.key)) return true;
    queue.keys.add(one.key);
    group.push(one);
    return false;
  });
  return group;
}

/**
 * → asks for one row of an App's; null where the statement returned none for it. Requests of two Apps never share a statement: neither their rows nor
 * their locks can meet. Where it fails because of one row, each is asked for alone, so that nobody fails for another.
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
  // Of a limit that it does not know PostgreSQL expects one row, and then keeps one plan. Without it, it expects more than most groups have, thinks
  // that a plan for each would pay, and plans anew each time, which takes longer than to carry it out.
  const limit = `LIMIT $${columns.length + 2}::int`;
  const forMany = text(
    `(SELECT * FROM unnest(${arrays.join(", ")}) WITH ORDINALITY AS given(${names.join(", ")}, "nth") ${limit}) AS asked`,
  );
  const scalars = columns.map((column, index) => `$${index + 2}::${types[column]} AS "${column}"`);
  const forOne = text(`(SELECT ${scalars.join(", ")}, 1 AS "nth") AS asked`);
  const queues = new Map<string, Queue<Values, Row>>();

  /** Who is alone needs no table of one row, which costs both sides more than the row. */
  async function askOne(appId: string, { values, answer }: Asked<Values, Row>): Promise<void> {
    const [row] = await prepared<Row>(`${name}-one`, forOne, [appId, ...columns.map((column) => values[column])]);
    answer(row ?? null);
  }

  async function askMany(appId: string, group: Asked<Values, Row>[]): Promise<void> {
    const lists = columns.map((column) => group.map(({ values }) => values[column]));
    const rows = await prepared<Row & { nth: string }>(name, forMany, [appId, ...lists, group.length]);
    const found = new Map(rows.map((row) => [Number(row.nth), row]));
    for (const [index, { answer }] of group.entries()) answer(found.get(index + 1) ?? null);
  }

  async function carryOut(appId: string, group: Asked<Values, Row>[]): Promise<void> {
    try {
      const [first, ...others] = group;
      if (first && others.length === 0) await askOne(appId, first);
      else await askMany(appId, group);
    } catch (error) {
      const { code = "" } = error as { code?: string };
      if (group.length > 1 && BECAUSE_OF_A_ROW.test(code))
        await Promise.all(group.map((one) => carryOut(appId, [one])));
      else for (const { fail } of group) fail(error);
    }
  }

  async function next(appId: string, queue: Queue<Values, Row>): Promise<void> {
    while (queue.underWay < MOST_UNDER_WAY) {
      const group = take(queue);
      if (group.length === 0) break;
      queue.underWay++;
      await carryOut(appId, group);
      queue.underWay--;
      for (const one of group) queue.keys.delete(one.key);
    }
    // A late call of a queue that is gone must not take away the one that came after it.
    const idle = queue.underWay === 0 && queue.waiting.length === 0;
    if (idle && queues.get(appId) === queue) queues.delete(appId);
  }

  return (appId, values) =>
    new Promise((answer, fail) => {
      const queue = queues.get(appId) ?? { waiting: [], underWay: 0, keys: new Set() };
      queues.set(appId, queue);
      queue.waiting.push({ values, key: key ? key(values) : values, answer, fail });
      // Not yet: other requests may have come in the same moment.
      setImmediate(next, appId, queue);
    });
}
