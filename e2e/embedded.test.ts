/** The embedded database: a server without DATABASE_URL, tools beside it, and `kill -9` of either in the middle of sign-ups. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { findPostgres, killPostgres, newDataFolder } from "../test/support/data-folder";
import { launchServer, productionEnvironment, type Server, startServer, until } from "../test/support/server";
import { createTenant, foyer, logIn, newEmail, signUp, type Tenant } from "../test/support/tenant";

const folder = newDataFolder();
const embedded = { DATABASE_URL: undefined, DATA_DIR: folder, FOYER_SECRET: undefined };
let tenant: Tenant;

interface Attempt {
  email: string;
  /** null: the connection broke. */
  status: number | null;
  retryAfter: string | null;
}

/** Signs users up, four at a time, until told to stop. */
function signingUp(server: Server) {
  const attempts: Attempt[] = [];
  let going = true;
  const one = async () => {
    while (going) {
      const email = newEmail();
      const answer = await signUp(server, tenant, email).catch(() => null);
      await answer?.text().catch(() => {});
      attempts.push({ email, status: answer?.status ?? null, retryAfter: answer?.headers.get("retry-after") ?? null });
      if (answer?.status !== 201) await sleep(100);
    }
  };
  const all = [1, 2, 3, 4].map(one);
  const stop = async () => {
    going = false;
    await Promise.all(all);
  };
  const count = (status: number | null) => attempts.filter((attempt) => attempt.status === status).length;
  return { attempts, count, stop };
}

async function expectEveryAnsweredOneIsThere(server: Server, attempts: Attempt[]) {
  const answered = attempts.filter(({ status }) => status === 201);
  const logins = await Promise.all(answered.map(({ email }) => logIn(server, tenant, email)));
  expect(logins.map(({ status }) => status)).toEqual(answered.map(() => 200));
}

describe("the embedded database", () => {
  it("is made for a tool alone, and stops with it", async () => {
    const environment = productionEnvironment(8000, embedded);
    expect(await foyer(environment, "migrate")).toEqual({ migrated: true });
    expect(findPostgres(folder)).toBeNull();
  });

  it("serves a server and tools beside it, refuses a second server, and ends with the last one", async () => {
    const server = await startServer(embedded);
    expect(findPostgres(folder)).not.toBeNull();
    tenant = await createTenant(server.environment);
    expect((await signUp(server, tenant, newEmail())).status).toBe(201);

    const second = await launchServer(embedded);
    expect(await second.ended).toBe(1);
    expect(second.errors()).toBe(
      `Foyer cannot start. Another Foyer server (process ${server.child.pid}) already runs on the data folder ${folder}; ` +
        "stop it or set DATA_DIR to another folder.\n",
    );
    expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    expect(findPostgres(folder)).toBeNull();
  });

  it("keeps every answered sign-up when the server is killed", async () => {
    const server = await startServer(embedded);
    const traffic = signingUp(server);
    await until("some have signed up", () => traffic.count(201) > 30);
    server.child.kill("SIGKILL");
    expect(await server.ended).toBe("SIGKILL");
    await traffic.stop();
    expect(traffic.count(500)).toBe(0);

    const next = await startServer({ ...embedded, PORT: String(server.port) });
    await expectEveryAnsweredOneIsThere(next, traffic.attempts);
    expect(await next.stop()).toBe(0);
  });

  it("comes back by itself when PostgreSQL is killed: 503 with Retry-After meanwhile, and nothing answered is lost", async () => {
    const server = await startServer(embedded);
    const traffic = signingUp(server);
    await until("some have signed up", () => traffic.count(201) > 30);
    const killed = findPostgres(folder);
    const before = traffic.count(201);
    killPostgres(folder);
    await until("sign-ups are refused", () => traffic.count(503) > 0);
    expect((await fetch(`${server.url}/api/health/live`)).status).toBe(200);
    await until("sign-ups work again", () => traffic.count(201) > before + 30, 30);
    await traffic.stop();

    expect(findPostgres(folder)).not.toBe(killed);
    const refused = traffic.attempts.filter(({ status }) => status !== 201);
    expect([...new Set(refused.map(({ status }) => status))]).toEqual([503]);
    expect(refused.filter(({ retryAfter }) => !/^[1-9]\d*$/.test(retryAfter ?? ""))).toEqual([]);
    await expectEveryAnsweredOneIsThere(server, traffic.attempts);
    expect(await server.stop()).toBe(0);
    expect(findPostgres(folder)).toBeNull();
  });

  it("takes over the PostgreSQL of a server that was killed, and starts one that was killed with it", async () => {
    const first = await startServer(embedded);
    const survivor = findPostgres(folder);
    first.child.kill("SIGKILL");
    await first.ended;
    const second = await startServer(embedded);
    expect(findPostgres(folder)).toBe(survivor);

    second.child.kill("SIGKILL");
    killPostgres(folder);
    await second.ended;
    const third = await startServer(embedded);
    expect((await fetch(`${third.url}/api/health/ready`)).status).toBe(200);
    expect(await third.stop()).toBe(0);
  });
});
