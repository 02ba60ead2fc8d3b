/** The same requests on a database with ten users and on one with many, side by side. */
import { type Ground, prepareGround } from "./ground";
import type { Exchange } from "./load";
import { measure, processorMs, type Result } from "./measure";
import { atMost, type Goal, printResult, say } from "./print";
import { loginExchange, meExchange, refreshExchange, signupExchange, usersExchange } from "./workloads";

export const SMALL = 10;
/** A low cost, so that the database takes most of the time and not the hash. */
const COST = 4;
const ROUNDS = 3;
const SECONDS = 2;
const SESSIONS = 200;

const CALLERS = 8;

const SUBJECTS: Record<string, (ground: Ground) => Exchange | Promise<Exchange>> = {
  login: loginExchange,
  signup: signupExchange,
  refresh: async (ground) => refreshExchange(ground, await ground.sessions(CALLERS)),
  "/api/me": async (ground) => meExchange(await ground.sessions(SESSIONS)),
  "list of users": (ground) => usersExchange(ground),
  "search by address": (ground) => usersExchange(ground, "user-7@rows.example"),
};

/**
 * Their time grows with the number of results, so the goal is what a person who waits for a page
 * notices.
 */
const SEARCHES: Record<string, string> = {
  "what a hundred have": "ser-4242",
  "what all have": "rows.ex",
  "no match": "zebra",
};
const NOTICED_MS = 100;

/**
 * Returns the best round of each side. The rounds alternate, so that a slow moment affects both.
 */
async function compare(
  name: string,
  grounds: Ground[],
  subject: (ground: Ground) => Exchange | Promise<Exchange>,
): Promise<Result[]> {
  const exchanges = await Promise.all(grounds.map(subject));
  const rounds: Result[][] = grounds.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, ground] of grounds.entries()) {
      const exchange = exchanges[index] as Exchange;
      const job = { port: ground.server.port, callers: CALLERS, warmUpSeconds: 1, seconds: SECONDS, exchange };
      const pids = { server: ground.server.pid, database: ground.postgresPid };
      rounds[index]?.push(await measure(`${name}, ${ground.users.toLocaleString("en")} users`, job, pids));
    }
  }
  return rounds.map((results) => {
    const best = results.reduce((one, other) => (other.perSecond > one.perSecond ? other : one));
    printResult(best);
    return best;
  });
}

/** One page of search results at a time. */
async function search(ground: Ground): Promise<Goal[]> {
  const goals: Goal[] = [];
  const pids = { server: ground.server.pid, database: ground.postgresPid };
  for (const [what, q] of Object.entries(SEARCHES)) {
    const exchange = usersExchange(ground, q);
    const name = `search for ${what}, ${ground.users.toLocaleString("en")} users`;
    const result = await measure(
      name,
      { port: ground.server.port, callers: 1, warmUpSeconds: 1, seconds: 2, exchange },
      pids,
    );
    printResult(result);
    goals.push(atMost(NOTICED_MS, " ms", `${name}: p99`, result.p99));
  }
  return goals;
}

export async function compareRows(rows: number): Promise<Goal[]> {
  const started = performance.now();
  const few = await prepareGround({ cost: COST, users: SMALL });
  const many = await prepareGround({ cost: COST, users: rows });
  const seconds = (performance.now() - started) / 1000;
  say(
    `bcrypt at cost ${COST}; databases of ${SMALL} and ${rows.toLocaleString("en")} users made in ${seconds.toFixed(0)} s`,
  );
  const goals: Goal[] = [];
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    const [small, large] = (await compare(name, [few, many], subject)) as [Result, Result];
    const label = `${name}: time with ${rows.toLocaleString("en")} users / with ${SMALL}`;
    goals.push(atMost(1.2, "×", label, small.perSecond / large.perSecond));
    goals.push(atMost(1.2, "×", "  the same in processor time", processorMs(large) / processorMs(small)));
  }
  goals.push(...(await search(many)));
  await Promise.all([few.close(), many.close()]);
  return goals;
}
