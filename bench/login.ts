/** Sign-ins and bare bcrypt at the same cost, in turns, so that a slow moment affects both. */
import type { Bare } from "./bare-bcrypt";
import type { Ground } from "./ground";
import { measure, measureBcrypt, type Result, settle } from "./measure";
import { atLeast, type Goal, printResult, say } from "./print";
import { loginExchange } from "./workloads";

const ROUNDS = 3;
const LOGIN_SECONDS = 4;
const BARE_SECONDS = 3;
const CALLERS = 16;

function sum<T>(items: T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

export async function compareLogin(ground: Ground, cost: number): Promise<Goal[]> {
  const logins: Result[] = [];
  const bare: Bare[] = [];
  const job = { port: ground.server.port, callers: CALLERS, seconds: LOGIN_SECONDS, warmUpSeconds: 1 };
  const pids = { server: ground.server.pid, database: ground.postgresPid };
  for (let round = 0; round < ROUNDS; round++) {
    await settle(ground.server.pid);
    bare.push(await measureBcrypt(cost, BARE_SECONDS));
    logins.push(await measure("POST …/credentials/login/{app}", { ...job, exchange: loginExchange(ground) }, pids));
  }
  const last = logins.at(-1) as Result;
  const count = sum(logins, (one) => one.count);
  const perSecond = count / (ROUNDS * LOGIN_SECONDS);
  const serverMs = last.serverMs === null ? null : sum(logins, (one) => (one.serverMs ?? 0) * one.count) / count;
  printResult({ ...last, perSecond, serverMs });
  const bcrypt = sum(bare, (one) => one.perSecond) / ROUNDS;
  const bareMs = sum(bare, (one) => one.cpuMs * one.perSecond) / (bcrypt * ROUNDS);
  say(`  bare bcrypt at cost ${cost}: ${bcrypt.toFixed(2)}/s, ${bareMs.toFixed(0)} CPU ms each`);
  return [
    atLeast(85, " %", "sign-ins / bare bcrypt on the same cores", (100 * perSecond) / bcrypt),
    atLeast(85, " %", "  the same in processor time", serverMs && (100 * bareMs) / serverMs),
  ];
}
