/**
 * Compares Foyer's provider with oidc-provider, and with itself with many rows. Rounds alternate,
 * so that a slow moment affects both.
 */
import type { Exchange } from "../load";
import { measure, processorMs, type Result } from "../measure";
import { atLeast, atMost, type Goal, printHead, printResult, say } from "../print";
import { CALLERS, FOYER, WORKLOADS, type WorkloadId } from "./foyer-workloads";
import { type FoyerSide, type PeerSide, prepareFoyer, preparePeer, startOtherBuild } from "./ground";
import { PEER, WALKED } from "./peer-workloads";
import { SIGNED_FOYER, SIGNED_PEER, SIGNED_WORKLOADS, type SignedId } from "./signed-workloads";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = 2;
const APPS = 1000;

const ALL = [...WORKLOADS.map((one) => ({ ...one, atLeast: 2 })), ...SIGNED_WORKLOADS];
const OF_FOYER = { ...FOYER, ...SIGNED_FOYER };
const OF_PEER: Partial<Record<WorkloadId | SignedId, (side: PeerSide) => Promise<Exchange>>> = {
  ...PEER,
  ...SIGNED_PEER,
};

interface Side {
  name: string;
  port: number;
  pids: { server: number; database: number };
  exchange(): Promise<Exchange>;
}

/** The best of all rounds in each respect, because other load can only make a figure worse. */
function best(results: Result[]): Result {
  const fastest = results.reduce((one, other) => (other.perSecond > one.perSecond ? other : one));
  const least = (of: (result: Result) => number | null) =>
    Math.min(...results.map(of).filter((value) => value !== null));
  return {
    ...fastest,
    p50: least(({ p50 }) => p50),
    p99: least(({ p99 }) => p99),
    serverMs: least(({ serverMs }) => serverMs),
    databaseMs: least(({ databaseMs }) => databaseMs),
  };
}

/** Returns the best figures of each side. */
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
    const result = best(results);
    printResult(result);
    return result;
  });
}

function chosen(workloads: string[]) {
  return ALL.filter(({ id }) => workloads.length === 0 || workloads.includes(id));
}

function foyerSide(name: string, side: FoyerSide, id: WorkloadId | SignedId): Side {
  const { server, postgresPid } = side.ground;
  return {
    name,
    port: server.port,
    pids: { server: server.pid, database: postgresPid },
    exchange: () => OF_FOYER[id](side),
  };
}

function peerSide(name: string, peer: PeerSide, id: WorkloadId | SignedId): Side {
  const exchangeOf = OF_PEER[id];
  if (!exchangeOf) throw new Error(`oidc-provider has no ${id}`);
  const pids = { server: peer.program.pid, database: peer.postgresPid };
  return { name, port: peer.program.port, pids, exchange: () => exchangeOf(peer) };
}

/**
 * Compares with oidc-provider 9, with default and fastest configuration (./provider.ts): one app, a
 * thousand users.
 */
export async function compareWithPeer(workloads: string[]): Promise<Goal[]> {
  const foyer = await prepareFoyer({ apps: 1, usersPerApp: 1000 });
  const stored = await preparePeer(foyer, "stored", WALKED);
  const configured = await preparePeer(foyer, "configured", WALKED);
  say(`\nThe provider beside oidc-provider on the same PostgreSQL, ${CALLERS} callers, best of ${ROUNDS} rounds each`);
  say(
    "(stored: clients in the database as in Foyer, opaque access tokens; configured: clients in its configuration, JWTs)",
  );
  printHead();
  const goals: Goal[] = [];
  for (const { id, name, atLeast: factor } of chosen(workloads)) {
    if (factor === null) {
      await compare(name, [foyerSide("Foyer", foyer, id)]);
      continue;
    }
    const [own, other, fastest] = (await compare(name, [
      foyerSide("Foyer", foyer, id),
      peerSide("oidc-provider, stored", stored, id),
      peerSide("oidc-provider, configured", configured, id),
    ])) as [Result, Result, Result];
    goals.push(atLeast(factor, "×", `${name}: requests/s / oidc-provider's`, own.perSecond / other.perSecond));
    goals.push(atLeast(factor, "×", "  the same in processor time", processorMs(other) / processorMs(own)));
    goals.push(atMost(1, "×", "  p99 / oidc-provider's", own.p99 / other.p99));
    goals.push(atLeast(1, "×", "  requests/s / its fastest", own.perSecond / fastest.perSecond));
    goals.push(atLeast(1, "×", "  the same in processor time", processorMs(fastest) / processorMs(own)));
  }
  for (const peer of [stored, configured]) {
    await peer.program.stop();
    await peer.database.end();
  }
  await foyer.close();
  return goals;
}

/**
 * Compares a thousand apps and many users, each with session, consents and a grant, with ten apps
 * of ten users.
 */
export async function compareProviderRows(rows: number, workloads: string[]): Promise<Goal[]> {
  const started = performance.now();
  const few = await prepareFoyer({ apps: 10, usersPerApp: 10 });
  const many = await prepareFoyer({ apps: APPS, usersPerApp: Math.ceil(rows / APPS) });
  const count = (APPS * Math.ceil(rows / APPS)).toLocaleString("en");
  say(
    `\nThe provider with ${count} users and grants in ${APPS} apps, beside 100 in 10 (generated in ${((performance.now() - started) / 1000).toFixed(0)} s)`,
  );
  printHead();
  const goals: Goal[] = [];
  for (const { id, name } of chosen(workloads)) {
    const sides = [few, many].map((side) => foyerSide(`${side.population.apps} apps`, side, id));
    const [small, large] = (await compare(name, sides)) as [Result, Result];
    goals.push(atMost(1.2, "×", `${name}: time with ${count} grants / with 100`, small.perSecond / large.perSecond));
    goals.push(atMost(1.2, "×", "  the same in processor time", processorMs(large) / processorMs(small)));
  }
  await Promise.all([few.close(), many.close()]);
  return goals;
}

/**
 * Compares this build with another one of Foyer on the same database: the ratio of each workload's
 * time.
 */
export async function compareBuilds(build: string, workloads: string[]): Promise<Goal[]> {
  const foyer = await prepareFoyer({ apps: 1, usersPerApp: 1000 });
  const other = await startOtherBuild(foyer, build);
  say(`\nThis build beside ${build}, ${CALLERS} callers, best of ${ROUNDS} rounds each`);
  printHead();
  const goals: Goal[] = [];
  for (const { id, name } of chosen(workloads)) {
    const exchange = () => OF_FOYER[id](foyer);
    const database = foyer.ground.postgresPid;
    const sides = [
      { name: "this", port: foyer.ground.server.port, pids: { server: foyer.ground.server.pid, database }, exchange },
      { name: "other", port: other.port, pids: { server: other.pid, database }, exchange },
    ];
    const [own, theirs] = (await compare(name, sides)) as [Result, Result];
    goals.push(atLeast(0.97, "×", `${name}: requests/s / the other build's`, own.perSecond / theirs.perSecond));
    goals.push(atLeast(0.97, "×", "  the same in processor time", processorMs(theirs) / processorMs(own)));
  }
  await other.stop();
  await foyer.close();
  return goals;
}
