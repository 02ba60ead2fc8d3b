/** The embedded database: a server without DATABASE_URL, tools beside it, and `kill -9` of either during sign-ups. */
import { setTimeout as sleep } from "node:timers/promises";
import { logIn, signUp, type TestApp } from "../support/app";
import { createAppByCli, foyer } from "../support/cli";
import { findPostgres, killPostgres, newDataFolder } from "../support/data-folder";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { launchServer, productionEnvironment, type Server, startServer, until } from "../support/server";

interface Attempt {
  email: string;
  /** null when the connection broke. */
  status: number | null;
  retryAfter: string | null;
}

/** Signs users up, four at a time, until `stop`. */
function signUpContinuously(server: Server, app: TestApp) {
  const attempts: Attempt[] = [];
  let running = true;
  const run = async () => {
    while (running) {
      const email = newEmail();
      const response = await signUp(app, email, { at: server }).catch(() => null);
      await response?.text().catch(() => {});
      attempts.push({
        email,
        status: response?.status ?? null,
        retryAfter: response?.headers.get("retry-after") ?? null,
      });
      if (response?.status !== 201) await sleep(100);
    }
  };
  const all = [1, 2, 3, 4].map(run);
  const stop = async () => {
    running = false;
    await Promise.all(all);
  };
  const count = (status: number | null) => attempts.filter((attempt) => attempt.status === status).length;
  return { attempts, count, stop };
}

async function expectSignUpsKept(server: Server, app: TestApp, attempts: Attempt[]): Promise<void> {
  const created = attempts.filter(({ status }) => status === 201);
  const logins = await Promise.all(created.map(({ email }) => logIn(app, email, { at: server })));
  expect(logins.map(({ status }) => status)).toEqual(created.map(() => 200));
}

// The tests are the steps of one story on one data folder.
test.describe
  .serial("the embedded database", () => {
    let folder: string;
    let embedded: { DATABASE_URL: undefined; DATA_DIR: string; FOYER_SECRET: undefined };
    let app: TestApp;
    test.beforeAll(() => {
      folder = newDataFolder();
      embedded = { DATABASE_URL: undefined, DATA_DIR: folder, FOYER_SECRET: undefined };
    });

    test("is created for a tool without a server, and stops with it", async () => {
      const environment = productionEnvironment(8000, embedded);
      expect(await foyer(environment, "migrate")).toEqual({ migrated: true });
      expect(findPostgres(folder)).toBeNull();
    });

    test("serves a server and tools, rejects a second server, and stops with the last one", async () => {
      const server = await startServer(embedded);
      expect(findPostgres(folder)).not.toBeNull();
      app = await createAppByCli(server.environment);
      expect((await signUp(app, newEmail())).status).toBe(201);

      const second = await launchServer(embedded);
      expect(await second.ended).toBe(1);
      expect(second.errors()).toBe(
        `Foyer cannot start. Another Foyer server (process ${server.child.pid}) already runs on the data folder ${folder}. ` +
          "Stop it or set DATA_DIR to another folder.\n",
      );
      expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(200);
      expect(await server.stop()).toBe(0);
      expect(findPostgres(folder)).toBeNull();
    });

    test("keeps every confirmed sign-up when the server is killed", async () => {
      const server = await startServer(embedded);
      const traffic = signUpContinuously(server, app);
      await until("some users have signed up", () => traffic.count(201) > 30);
      server.child.kill("SIGKILL");
      expect(await server.ended).toBe("SIGKILL");
      await traffic.stop();
      expect(traffic.count(500)).toBe(0);

      const next = await startServer({ ...embedded, PORT: String(server.port) });
      await expectSignUpsKept(next, app, traffic.attempts);
      expect(await next.stop()).toBe(0);
    });

    test("restarts when PostgreSQL is killed: 503 with Retry-After until then, and no confirmed sign-up is lost", async () => {
      const server = await startServer(embedded);
      const traffic = signUpContinuously(server, app);
      await until("some users have signed up", () => traffic.count(201) > 30);
      const killed = findPostgres(folder);
      const before = traffic.count(201);
      killPostgres(folder);
      await until("sign-ups are rejected", () => traffic.count(503) > 0);
      expect((await fetch(`${server.url}/api/health/live`)).status).toBe(200);
      await until("sign-ups work again", () => traffic.count(201) > before + 30, 30);
      await traffic.stop();

      expect(findPostgres(folder)).not.toBe(killed);
      const rejected = traffic.attempts.filter(({ status }) => status !== 201);
      expect([...new Set(rejected.map(({ status }) => status))]).toEqual([503]);
      expect(rejected.filter(({ retryAfter }) => !/^[1-9]\d*$/.test(retryAfter ?? ""))).toEqual([]);
      await expectSignUpsKept(server, app, traffic.attempts);
      expect(await server.stop()).toBe(0);
      expect(findPostgres(folder)).toBeNull();
    });

    test("is adopted after its server was killed, and restarted after both were killed", async () => {
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
