/**
 * `npm run bench [-- --rows N --only server,provider,rows --workloads code,refresh,… --beside
 * BUILD --without-statistics]`: how fast, and how much of the machine it takes. Figures are comparable within one run
 * only. ROUNDS=1 takes one round of each workload instead of five.
 */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { compareRows, SMALL } from "./compare-rows";
import { closeEverything, type Ground, prepareGround } from "./ground";
import { compareLogin } from "./login";
import { measure, othersShare, type Result } from "./measure";
import { startNext } from "./next-alone";
import { compareBuilds, compareProviderRows, compareWithPeer } from "./oauth/compare";
import { atLeast, atMost, type Goal, printGoals, printHead, printResult, say } from "./print";
import { measureStart } from "./ready";
import { loginExchange, meExchange, WORKLOADS, type Workload } from "./workloads";

const COST = 12;
const WARM_UP_SECONDS = 1;
const WAITING_LOGINS = 50;
const QUIET = 0.05;

async function measureWorkload(ground: Ground, workload: Workload): Promise<Result> {
  const { name, callers, seconds } = workload;
  const target = workload.against === "next" ? await startNext(ground) : ground.server;
  const job = { port: target.port, callers, seconds, warmUpSeconds: WARM_UP_SECONDS };
  const pids = { server: target.pid, database: ground.postgresPid };
  const result = await measure(name, { ...job, exchange: await workload.exchange(ground) }, pids);
  printResult(result);
  if (target !== ground.server) await target.stop();
  return result;
}

/** `/api/me` for a few callers while the hashing queue is long. */
async function measureMeDuringLogins(ground: Ground): Promise<Result> {
  const sessions = await ground.sessions(8);
  const pids = { server: ground.server.pid, database: ground.postgresPid };
  const job = { port: ground.server.port, seconds: 5, warmUpSeconds: 2 };
  const logins = { ...job, callers: WAITING_LOGINS + availableParallelism(), exchange: loginExchange(ground) };
  const me = { ...job, callers: sessions.length, pauseMs: 20, exchange: meExchange(sessions) };
  const [result] = await Promise.all([
    measure(`GET /api/me while ${WAITING_LOGINS} sign-ins wait`, me, pids),
    measure("sign-ins", logins, pids),
  ]);
  printResult({ ...result, serverMs: null, databaseMs: null });
  return result;
}

async function measureServer(): Promise<Goal[]> {
  const ground = await prepareGround({ cost: COST, users: 100 });
  printHead();
  const results = new Map<string, Result>();
  for (const workload of WORKLOADS) results.set(workload.id, await measureWorkload(ground, workload));
  const login = await compareLogin(ground, COST);
  const me = await measureMeDuringLogins(ground);
  await ground.close();

  const rate = (id: string) => results.get(id)?.perSecond ?? Number.NaN;
  const cost = (id: string) => results.get(id)?.serverMs ?? Number.NaN;
  return [
    atLeast(8, "×", "JWKS mounted / the same handler by next start", rate("jwks") / rate("jwks-next")),
    atLeast(8, "×", "  the same in processor time", cost("jwks-next") / cost("jwks")),
    atLeast(
      300,
      "/s",
      "sign-ins with a passkey on two cores",
      2000 / (cost("passkey") + (results.get("passkey")?.databaseMs ?? Number.NaN)),
    ),
    ...login,
    atMost(50, " ms", `/api/me p99 while ${WAITING_LOGINS} sign-ins wait`, me.p99),
  ];
}

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    only: { type: "string", default: "server,provider,rows" },
    workloads: { type: "string", default: "" },
    beside: { type: "string" },
    "without-statistics": { type: "boolean", default: false },
  },
});
const parts = values.only.split(",");
/** Workloads of the provider; all by default. */
const workloads = values.workloads.split(",").filter(Boolean);
const rows = Number(values.rows);
if (!Number.isInteger(rows) || rows < SMALL) throw new Error(`--rows must be a whole number from ${SMALL}`);

async function main(): Promise<void> {
  say(`${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Node ${process.versions.node}`);
  say();
  const goals = values.beside
    ? await compareBuilds(values.beside, workloads)
    : [
        ...(parts.includes("server") ? await measureServerParts() : []),
        ...(parts.includes("provider") ? await compareWithPeer(workloads) : []),
        ...(parts.includes("rows")
          ? [...(await compareRows(rows)), ...(await compareProviderRows(rows, workloads))]
          : []),
      ];
  printGoals(goals);
  const share = othersShare();
  if (share > QUIET)
    say(`\nOther programs took ${(100 * share).toFixed(0)} % of the cores meanwhile: they made the figures worse.`);
}

async function measureServerParts(): Promise<Goal[]> {
  const { readyMs, serverMb, databaseMb } = await measureStart(COST);
  const memory = serverMb === null || databaseMb === null ? null : serverMb + databaseMb;
  if (memory !== null) say(`idle: server ${serverMb?.toFixed(0)} MB, database ${databaseMb?.toFixed(0)} MB (PSS)\n`);
  return [
    atMost(3, " s", "ready after npm start (built; starts its database)", readyMs / 1000),
    atMost(250, " MB", "memory when idle, server and database (PSS)", memory),
    ...(await measureServer()),
  ];
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void closeEverything().then(() => process.exit(130)));
await main().finally(closeEverything);
