/** The stop of a server: requests in flight finish, new connections are rejected, the database stops last. */
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { signUp, type TestApp } from "../support/app";
import { createAppByCli } from "../support/cli";
import { findPostgres, newDataFolder } from "../support/data-folder";
import { newEmail, PASSWORD } from "../support/people";
import { expect, test } from "../support/process";
import { sendRaw } from "../support/raw";
import { freePort, launchServer, type Server, startServer, until, untilReady } from "../support/server";

const WAITING = `SELECT FROM pg_locks WHERE NOT granted AND relation = '"User"'::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** A sign-up whose handler waits for a lock until `release`. */
async function blockedSignUp(server: Server, app: TestApp) {
  const holder = new pg.Client({ connectionString: server.environment.DATABASE_URL });
  await holder.connect();
  await holder.query(`BEGIN; LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE`);
  const response = signUp(app, newEmail());
  await until("the sign-up waits", async () => (await holder.query(WAITING)).rowCount === 1);
  const release = async () => {
    await holder.query("COMMIT");
    await holder.end();
  };
  return { response, release };
}

/** Whether the port rejects connections. */
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

/** A sign-up whose body arrives in two parts, the second one at `finish`. */
function halfSignUp(server: Server, app: TestApp) {
  const body = JSON.stringify({ email: newEmail(), password: PASSWORD });
  const { socket, response } = sendRaw(
    server.port,
    [
      `POST /api/auth/credentials/signup/${app.id} HTTP/1.1`,
      `Host: localhost:${server.port}`,
      `Authorization: Bearer ${app.apiKey}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      "",
      body.slice(0, 10),
    ].join("\r\n"),
  );
  return { finish: () => socket.write(body.slice(10)), response };
}

test.describe("SIGTERM", () => {
  test("finishes a request in flight, rejects new connections, and exits with 0", async () => {
    const server = await startServer();
    const app = await createAppByCli(server.environment);
    const { response, release } = await blockedSignUp(server, app);
    server.child.kill("SIGTERM");
    await until("the port is closed", () => isClosed(server.port), 1);
    await sleep(300);
    expect(server.child.exitCode).toBeNull();
    await release();
    expect((await response).status).toBe(201);
    expect(await server.ended).toBe(0);
    expect(server.errors()).toBe("");
  });

  test("does not wait for idle connections", async () => {
    const server = await startServer();
    await (await fetch(`${server.url}/api/health/live`)).text();
    const started = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  for (const [moment, isReached] of [
    [
      "while the data folder is created",
      (folder: string) => readdirSync(folder).some((name) => name.startsWith("postgres")),
    ],
    ["while PostgreSQL starts", (_: string, output: string) => output.includes("PostgreSQL starting")],
    ["while the pages are prepared", (_: string, output: string) => output.includes("Applied")],
  ] as [string, (folder: string, output: string) => boolean][])
    test(`stops a server that is still starting, ${moment}`, async () => {
      const folder = newDataFolder();
      const server = await launchServer({ DATABASE_URL: undefined, DATA_DIR: folder });
      await until("the start has reached that moment", () => isReached(folder, server.output()));
      server.child.kill("SIGTERM");
      expect(await server.ended).toBe(0);
      expect(server.output()).not.toContain("Foyer is ready");
      expect(findPostgres(folder)).toBeNull();
    });
});

test("SIGTERM ends a start that waits for its database", async () => {
  const server = await launchServer({ DATABASE_URL: `postgres://foyer:secret@127.0.0.1:${await freePort()}/foyer` });
  await until("the start waits", () => server.output().includes("Waiting for the database"));
  const started = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - started).toBeLessThan(3000);
});

test.describe("with the embedded database", () => {
  let embedded: { DATABASE_URL: undefined; DATA_DIR: string; FOYER_SECRET: undefined };
  test.beforeAll(() => {
    embedded = { DATABASE_URL: undefined, DATA_DIR: newDataFolder(), FOYER_SECRET: undefined };
  });

  for (const signal of ["SIGTERM", "SIGINT"] as const)
    test(`${signal} twice within a second, as npm sends it, finishes a request and stops the database last`, async () => {
      const server = await untilReady(await launchServer(embedded));
      const app = await createAppByCli(server.environment);
      const { finish, response } = halfSignUp(server, app);
      await sleep(200);
      server.child.kill(signal);
      await sleep(100);
      server.child.kill(signal);
      await until("the port is closed", () => isClosed(server.port), 1);
      await sleep(500);
      expect(server.child.exitCode).toBeNull();
      finish();
      expect((await response).status).toBe(201);
      expect(await server.ended).toBe(0);
      expect(findPostgres(embedded.DATA_DIR)).toBeNull();
      expect(server.errors()).toBe("");
    });

  test("a second SIGINT after more than a second stops the server at once", async () => {
    const server = await startServer(embedded);
    const app = await createAppByCli(server.environment);
    halfSignUp(server, app);
    await sleep(200);
    server.child.kill("SIGINT");
    await sleep(1200);
    expect(server.child.exitCode).toBeNull();
    server.child.kill("SIGINT");
    expect(await server.ended).toBe(1);
    expect(findPostgres(embedded.DATA_DIR)).toBeNull();
  });

  test("three SIGTERMs, 1.3 s apart while a request is in flight, stop the database too", async () => {
    const server = await startServer(embedded);
    const app = await createAppByCli(server.environment);
    halfSignUp(server, app);
    await sleep(200);
    for (let sent = 0; sent < 3; sent++) {
      server.child.kill("SIGTERM");
      await Promise.race([sleep(1300), server.ended]);
    }
    expect(await server.ended).toBe(1);
    expect(findPostgres(embedded.DATA_DIR)).toBeNull();
  });
});
