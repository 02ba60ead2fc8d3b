/** The provider beside oidc-provider, and beside itself with many rows. Rounds alternate, so that a slow moment of the machine hits both. */
import type { Exchange } from "../load";
import { measure, type Result } from "../measure";
import { atLeast, atMost, type Goal, printHead, printResult, say } from "../print";
import { CALLERS, FOYER, WORKLOADS } from "./foyer-workloads";
import { prepareFoyer, preparePeer } from "./ground";
import { PEER, WALKED } from "./peer-workloads";

const ROUNDS = 5;
const SECONDS = 2;
const APPS = 1000;

interface Side {
  name: string;
  port: number;
  pids: { server: number; database: number };
  exchange(): Promise<Exchange>;
}

/** The best of the rounds in every respect: what else the machine does can only make a figure worse. */
function best(results: Result[]): Result {
  const fastest = results.reduce((one, other) => (other.perSecond > one.perSecond ? other : one));
  const least = (of: (result: Result) => number | null) =>
    Math.min(...results.map((result) => of(result) ?? Number.NaN));
  return {
    ...fastest,
    p50: least(({ p50 }) => p50),
    p99: least(({ p99 }) => p99),
    serverMs: least(({ serverMs }) => serverMs),
    databaseMs: least(({ databaseMs }) => databaseMs),
  };
}

/** → the best of each side. */
async function compare(name: string, sides: Side[]): Promise<Result[]> {
  const rounds: Result[][] = sides.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, side] of sides.entries()) {
      const exchange = await side.exchange();
      const callers = exchange.carry?.first.length ?? CALLERS;
      const job = { port: side.port, callers, warmUpSeconds: 1, seconds: SECONDS, exchange };
      rounds[index]?.push(await measure(`${name}, ${side.name}`, job, side.pids));
    }
  }
  return rounds.map((results) => {
    printResult(best(results));
    return best(results);
  });
}

function chosen(workloads: string[]) {
  return WORKLOADS.filter(({ id }) => workloads.length === 0 || workloads.includes(id));
}

function processorMs({ serverMs, databaseMs }: Result): number {
  return (serverMs ?? Number.NaN) + (databaseMs ?? Number.NaN);
}

/** Against oidc-provider 9: one App, a thousand people. */
export async function compareWithPeer(workloads: string[]): Promise<Goal[]> {
  const foyer = await prepareFoyer({ apps: 1, usersPerApp: 1000 });
  const peer = await preparePeer(foyer, WALKED);
  const { ground } = foyer;
  say(`\nThe provider beside oidc-provider on the same PostgreSQL, ${CALLERS} callers, best of ${ROUNDS} rounds each`);
  printHead();
  const goals: Goal[] = [];
  for (const { id, name, note } of chosen(workloads)) {
    const [own, other] = (await compare(name, [
      {
        name: "Foyer",
        port: ground.server.port,
        pids: { server: ground.server.pid, database: ground.postgresPid },
        exchange: () => FOYER[id](foyer),
      },
      {
        name: "oidc-provider",
        port: peer.program.port,
        pids: { server: peer.program.pid, database: peer.postgresPid },
        exchange: () => PEER[id](peer),
      },
    ])) as [Result, Result];
    if (note) say(`  ${note}`);
    goals.push(atLeast(2, "×", `${name}: requests/s / oidc-provider's`, own.perSecond / other.perSecond));
    goals.push(atLeast(2, "×", "  the same in processor time", processorMs(other) / processorMs(own)));
    goals.push(atMost(1, "×", "  p99 / oidc-provider's", own.p99 / other.p99));
  }
  await peer.program.stop();
  await peer.database.end();
  await foyer.close();
  return goals;
}

/** With a thousand Apps and many users, each with session, consents and a grant, beside ten Apps of ten users. */
export async function compareProviderRows(rows: number, workloads: string[]): Promise<Goal[]> {
  const started = performance.now();
  const few = await prepareFoyer({ apps: 10, usersPerApp: 10 });
  const many = await prepareFoyer({ apps: APPS, usersPerApp: Math.ceil(rows / APPS) });
  const count = (APPS * Math.ceil(rows / APPS)).toLocaleString("en");
  say(
    `\nThe provider with ${count} users and grants in ${APPS} Apps, beside 100 in 10 (made in ${((performance.now() - started) / 1000).toFixed(0)} s)`,
  );
  printHead();
  const goals: Goal[] = [];
  for (const { id, name } of chosen(workloads)) {
    const sides = [few, many].map((side) => ({
      name: `${side.population.apps} Apps`,
      port: side.ground.server.port,
      pids: { server: side.ground.server.pid, database: side.ground.postgresPid },
      exchange: () => FOYER[id](side),
    }));
    const [small, large] = (await compare(name, sides)) as [Result, Result];
    goals.push(atMost(1.2, "×", `${name}: time with ${count} grants / with 100`, small.perSecond / large.perSecond));
    goals.push(atMost(1.2, "×", "  the same in processor time", processorMs(large) / processorMs(small)));
  }
  await Promise.all([few.close(), many.close()]);
  return goals;
}
