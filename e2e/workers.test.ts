/** WEB_CONCURRENCY: several processes share PostgreSQL and nothing else. */
import { get } from "node:http";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { childrenOf, isAlive } from "../test/support/processes";
import { type Server, startServer, until } from "../test/support/server";
import { createTenant, logIn, newEmail, signUp, type Tenant } from "../test/support/tenant";

let server: Server;
let tenant: Tenant;
beforeAll(async () => {
  server = await startServer({ WEB_CONCURRENCY: "2" });
  tenant = await createTenant(server.environment);
});

const PATIENCE_MS = 3000;

const workers = () => childrenOf(server.child.pid ?? 0);

/** The status of a call on a connection of its own, so that any of the workers may get it. */
function status(path: string, bearer?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
    const call = get(`${server.url}${path}`, { agent: false, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    call.once("error", reject);
    call.setTimeout(PATIENCE_MS, () => call.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
  });
}

describe("two workers", () => {
  it("serve, both of them, with one line that says ready", async () => {
    expect(workers()).toHaveLength(2);
    expect(server.output().match(/Foyer is ready at/g)).toHaveLength(1);
    const email = newEmail();
    expect((await signUp(server, tenant, email)).status).toBe(201);
    const logins = await Promise.all(Array.from({ length: 20 }, () => logIn(server, tenant, email)));
    expect(new Set(logins.map((answer) => answer.status))).toEqual(new Set([200]));
  });

  it("refuse an API key as soon as it is revoked, whoever revokes it", async () => {
    const path = `/api/v1/apps/${tenant.app_id}/users?limit=1`;
    const ask = (times: number) => Promise.all(Array.from({ length: times }, () => status(path, tenant.api_key)));
    // Now both have it in memory.
    expect(new Set(await ask(40))).toEqual(new Set([200]));
    const client = new pg.Client({ connectionString: server.environment.DATABASE_URL });
    await client.connect();
    await client.query(`UPDATE "ApiKey" SET "revokedAt" = now() WHERE "appId" = $1`, [tenant.app_id]);
    await client.end();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(new Set(await ask(40))).toEqual(new Set([401]));
  });

  it("one that is killed is replaced, and the other goes on serving", async () => {
    const [victim = 0, survivor = 0] = workers();
    process.kill(victim, "SIGKILL");
    await until("it is replaced", async () => {
      expect(await status("/api/health/live").catch((error) => error.code)).toSatisfy(
        // What was in the killed one's hands, or on the way into them, is lost, and nothing else.
        (answer) => [200, "ECONNRESET", "ETIMEDOUT"].includes(answer),
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

  it("end with the first process, which exits 0", async () => {
    const all = workers();
    expect(all).toHaveLength(2);
    expect(await server.stop()).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
    expect(server.errors()).toBe("");
  });

  it("end when the first process is killed", async () => {
    const other = await startServer({ WEB_CONCURRENCY: "2" });
    const all = childrenOf(other.child.pid ?? 0);
    expect(all).toHaveLength(2);
    other.child.kill("SIGKILL");
    await until("the workers are gone", () => !all.some(isAlive), 5);
  });
});
