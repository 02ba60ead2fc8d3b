/** The stop: what is in flight is finished, nothing new begins, the database goes last. */
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { findPostgres, newDataFolder } from "../test/support/data-folder";
import { sendRaw } from "../test/support/raw";
import { launchServer, type Server, startServer, until, untilReady } from "../test/support/server";
import { createTenant, newEmail, PASSWORD, signUp, type Tenant } from "../test/support/tenant";

const WAITING = `SELECT FROM pg_locks WHERE NOT granted AND relation = '"User"'::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** A sign-up that waits inside its handler until `release`. */
async function heldSignUp(server: Server, tenant: Tenant) {
  const holder = new pg.Client({ connectionString: server.environment.DATABASE_URL });
  await holder.connect();
  await holder.query(`BEGIN; LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE`);
  const answer = signUp(server, tenant, newEmail());
  await until("the sign-up waits", async () => (await holder.query(WAITING)).rowCount === 1);
  const release = async () => {
    await holder.query("COMMIT");
    await holder.end();
  };
  return { answer, release };
}

/** Whether the port takes no connection any more. */
function isClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "localhost");
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
  });
}

/** A sign-up whose body comes in two parts, the second one when asked. */
function halfSignUp(server: Server, tenant: Tenant) {
  const body = JSON.stringify({ email: newEmail(), password: PASSWORD });
  const { socket, answer } = sendRaw(
    server.port,
    [
      `POST /api/auth/credentials/signup/${tenant.app_id} HTTP/1.1`,
      `Host: localhost:${server.port}`,
      `Authorization: Bearer ${tenant.api_key}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      "",
      body.slice(0, 10),
    ].join("\r\n"),
  );
  return { finish: () => socket.write(body.slice(10)), answer };
}

describe("SIGTERM", () => {
  it("lets a request that is being answered finish, takes no new connection, and exits 0", async () => {
    const server = await startServer();
    const tenant = await createTenant(server.environment);
    const { answer, release } = await heldSignUp(server, tenant);
    server.child.kill("SIGTERM");
    await until("the port is closed", () => isClosed(server.port), 1);
    await sleep(300);
    expect(server.child.exitCode).toBeNull();
    await release();
    expect((await answer).status).toBe(201);
    expect(await server.ended).toBe(0);
    expect(server.errors()).toBe("");
  });

  it("ends at once when only idle connections are open", async () => {
    const server = await startServer();
    await (await fetch(`${server.url}/api/health/live`)).text();
    const started = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it.each([
    ["while its data is made", (folder: string) => readdirSync(folder).some((name) => name.startsWith("postgres"))],
    ["while PostgreSQL starts", (_: string, output: string) => output.includes("PostgreSQL starting")],
    ["while the pages get ready", (_: string, output: string) => output.includes("Applied")],
  ])("is heeded in the middle of the start: %s", async (_case, isThere) => {
    const folder = newDataFolder();
    const server = await launchServer({ DATABASE_URL: undefined, DATA_DIR: folder });
    await until("it has come so far", () => isThere(folder, server.output()));
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(server.output()).not.toContain("Foyer is ready");
    expect(findPostgres(folder)).toBeNull();
  });
});

describe("with the embedded database", () => {
  const folder = newDataFolder();
  const embedded = { DATABASE_URL: undefined, DATA_DIR: folder, FOYER_SECRET: undefined };

  it.each(["SIGTERM", "SIGINT"] as const)(
    "%s twice within a second, as npm sends it, still finishes a request first and the database last",
    async (signal) => {
      const server = await untilReady(await launchServer(embedded));
      const tenant = await createTenant(server.environment);
      const { finish, answer } = halfSignUp(server, tenant);
      await sleep(200);
      server.child.kill(signal);
      await sleep(100);
      server.child.kill(signal);
      await until("the port is closed", () => isClosed(server.port), 1);
      await sleep(500);
      expect(server.child.exitCode).toBeNull();
      finish();
      expect((await answer).status).toBe(201);
      expect(await server.ended).toBe(0);
      expect(findPostgres(folder)).toBeNull();
      expect(server.errors()).toBe("");
    },
  );

  it("whoever insists ends it at once", async () => {
    const server = await startServer(embedded);
    const tenant = await createTenant(server.environment);
    halfSignUp(server, tenant);
    await sleep(200);
    server.child.kill("SIGINT");
    await sleep(1200);
    expect(server.child.exitCode).toBeNull();
    server.child.kill("SIGINT");
    expect(await server.ended).toBe(1);
  });
});
