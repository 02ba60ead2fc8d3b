/** WEB_CONCURRENCY: several worker processes that share PostgreSQL and nothing else. */
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { logIn, signUp, type TestApp } from "../support/app";
import { createAppByCli } from "../support/cli";
import { query } from "../support/database";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { childrenOf, isAlive } from "../support/processes";
import { type Server, startServer, until } from "../support/server";

const TIMEOUT_MS = 3000;

test.describe
  .serial("two workers", () => {
    let server: Server;
    let app: TestApp;
    test.beforeAll(async () => {
      server = await startServer({ WEB_CONCURRENCY: "2" });
      app = await createAppByCli(server.environment);
    });

    const workers = () => childrenOf(server.child.pid ?? 0);

    /** The status of a request on a new connection, so that any worker may get it. */
    function status(path: string, bearer?: string): Promise<number> {
      return new Promise((resolve, reject) => {
        const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
        const call = get(`${server.url}${path}`, { agent: false, headers }, (response) => {
          response.resume();
          response.once("end", () => resolve(response.statusCode ?? 0));
        });
        call.once("error", reject);
        call.setTimeout(TIMEOUT_MS, () => call.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
      });
    }

    test("serve requests, and print once that the server is ready", async () => {
      expect(workers()).toHaveLength(2);
      expect(server.output().match(/Foyer is ready at/g)).toHaveLength(1);
      const email = newEmail();
      expect((await signUp(app, email)).status).toBe(201);
      const logins = await Promise.all(Array.from({ length: 20 }, () => logIn(app, email)));
      expect(new Set(logins.map((response) => response.status))).toEqual(new Set([200]));
    });

    test("reject an API key as soon as another process has revoked it", async () => {
      const path = `/api/v1/apps/${app.id}/users?limit=1`;
      const ask = (times: number) => Promise.all(Array.from({ length: times }, () => status(path, app.apiKey)));
      // After these, both have cached the key.
      expect(new Set(await ask(40))).toEqual(new Set([200]));
      await query(server, `UPDATE "ApiKey" SET "revokedAt" = now() WHERE "appId" = $1`, [app.id]);
      await sleep(500);
      expect(new Set(await ask(40))).toEqual(new Set([401]));
    });

    test("one that is killed is replaced, while the other goes on serving", async () => {
      const [victim = 0, survivor = 0] = workers();
      process.kill(victim, "SIGKILL");
      await until("it is replaced", async () => {
        // Only what the killed worker had accepted, or was about to accept, is lost.
        expect([200, "ECONNRESET", "ETIMEDOUT"]).toContain(
          await status("/api/health/live").catch((error) => error.code),
        );
        return workers().length === 2 && !workers().includes(victim);
      });
      expect(workers()).toContain(survivor);
      await until("the new one serves", async () => {
        const calls = Array.from({ length: 20 }, () => status("/api/health/ready").catch(() => 0));
        const statuses = await Promise.all(calls);
        return statuses.every((code) => code === 200);
      });
    });

    test("end with the first process, which exits with 0", async () => {
      const all = workers();
      expect(all).toHaveLength(2);
      expect(await server.stop()).toBe(0);
      expect(all.filter(isAlive)).toEqual([]);
      expect(server.errors()).toBe("");
    });

    test("end when the first process is killed", async () => {
      const other = await startServer({ WEB_CONCURRENCY: "2" });
      const all = childrenOf(other.child.pid ?? 0);
      expect(all).toHaveLength(2);
      other.child.kill("SIGKILL");
      await until("the workers are gone", () => !all.some(isAlive), 5);
    });
  });
