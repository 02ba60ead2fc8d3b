import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { forgetState } from "@/test/support/process-state";
import { findApp } from "../apps/apps";
import { runtimeDatabaseUrl, setRuntime } from "../env";
import { TENANT_ZERO } from "../ids";
import { awaitDatabase } from "../operations/await-database";
import { requireReady } from "../operations/health";
import { isCacheTrusted, startCacheListener, stopCacheListener } from "./cache";
import { closeDb, isUnavailable, pool } from "./client";
import { chooseHost, directDatabaseUrl } from "./connection";
import { type Cluster, createCluster, openCluster, readPassword, startCluster, stopCluster } from "./embedded/cluster";
import { chooseFreePort } from "./embedded/port";
import { migrationsFolder } from "./migrate";

interface Server {
  cluster: Cluster;
  port: number;
  url: string;
}

let folder: string;
let primary: Server;
let standby: Server;

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function start(name: string): Promise<Server> {
  const cluster = await openCluster(join(folder, name), false);
  const port = await chooseFreePort();
  await startCluster(cluster, port);
  return { cluster, port, url: `postgres://foyer:${await readPassword(cluster)}@127.0.0.1:${port}/postgres` };
}

/** Without Prisma's engine, which a process can load once: lib/database/migrate.db.test.ts does. */
async function createTables(url: string): Promise<void> {
  const client = await connectTo(url);
  await client.query(
    `CREATE TABLE "_prisma_migrations" (migration_name text, finished_at timestamptz DEFAULT now(), rolled_back_at timestamptz)`,
  );
  for (const name of readdirSync(migrationsFolder())
    .filter((one) => !one.endsWith(".toml"))
    .sort()) {
    await client.query(readFileSync(join(migrationsFolder(), name, "migration.sql"), "utf8"));
    await client.query(`INSERT INTO "_prisma_migrations" (migration_name) VALUES ($1)`, [name]);
  }
  await client.end();
}

/** A primary with Foyer's tables, and a standby with a copy of its data. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foyer-failover-"));
  await createCluster(await openCluster(join(folder, "primary"), false));
  primary = await start("primary");
  await createTables(primary.url);
  await stopCluster(primary.cluster);
  execFileSync("cp", ["-a", join(folder, "primary"), join(folder, "standby")]);
  const copied = await openCluster(join(folder, "standby"), false);
  await writeFile(join(copied.pgdata, "standby.signal"), "");
  await copied.osUser.own(join(copied.pgdata, "standby.signal"));
  [primary, standby] = [await start("primary"), await start("standby")];
});

afterAll(async () => {
  await stopCacheListener();
  await closeDb();
  forgetState("pool", "prisma");
  await Promise.all([primary, standby].map((server) => server && stopCluster(server.cluster).catch(() => {})));
  await rm(folder, { recursive: true, force: true });
});

/** Foyer's DATABASE_URL from now on: these servers. */
async function use(...servers: Server[]): Promise<void> {
  await closeDb();
  forgetState("pool", "prisma");
  chooseHost(0);
  const [first = primary] = servers;
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(",");
  setRuntime({ databaseUrl: first.url.replace(/127[^/]+/, hosts), secret: "" });
}

async function portInUse(): Promise<number> {
  const { rows } = await pool().query("SELECT inet_server_port() AS port");
  return rows[0].port;
}

describe("several hosts in DATABASE_URL", () => {
  it("uses the first that accepts writes", async () => {
    await use(standby, primary);
    const lines: string[] = [];
    const wait = { limitMs: 0, report: (line: string) => lines.push(line) };
    const chosen = await awaitDatabase({ ...wait, variable: "DATABASE_URL", url: runtimeDatabaseUrl() });
    expect(chosen).toBe(primary.url);
    expect(lines).toEqual([]);
    expect(await portInUse()).toBe(primary.port);
  });

  it("a connection to a standby fails as unavailable, and the next uses the next host", async () => {
    await use(standby, primary);
    const failure = await pool()
      .query("SELECT 1")
      .catch((error) => error);
    expect(failure.code).toBe("25006");
    expect(isUnavailable(failure)).toBe(true);
    expect(await portInUse()).toBe(primary.port);
  });

  it("a standby alone is not ready: 503 with the reason", async () => {
    await use(standby);
    await expect(requireReady()).rejects.toMatchObject({
      status: 503,
      description: expect.stringContaining("standby"),
    });
  });

  it("connections to a server that becomes read-only are replaced", async () => {
    await use(primary);
    await Promise.all([1, 2, 3].map(() => pool().query("SELECT pg_sleep(0.05)")));
    expect(pool().idleCount).toBe(3);
    const admin = await connectTo(primary.url);
    await admin.query("ALTER DATABASE postgres SET default_transaction_read_only = on");
    // Connections that are open keep their setting, as on a server that was demoted without a restart.
    await pool().query("SET default_transaction_read_only = on");
    const failure = await pool()
      .query("CREATE TABLE refused (n int)")
      .catch((error) => error);
    expect(failure.code).toBe("25006");
    await vi.waitFor(() => expect(pool().totalCount).toBe(0));
    await expect(requireReady()).rejects.toMatchObject({
      status: 503,
      description: expect.stringContaining("read-only"),
    });
    await admin.query("SET default_transaction_read_only = off; ALTER DATABASE postgres RESET ALL");
    await admin.end();
    await requireReady();
  });

  it("moves to the promoted standby within seconds, and so does the listener", async () => {
    await use(primary, standby);
    await startCacheListener();
    expect(isCacheTrusted()).toBe(true);
    expect(directDatabaseUrl()).toBe(runtimeDatabaseUrl());
    await stopCluster(primary.cluster);
    const admin = await connectTo(standby.url);
    await admin.query("SELECT pg_promote()");
    await vi.waitFor(async () => expect(await portInUse()).toBe(standby.port), { timeout: 5000 });
    await requireReady();
    await vi.waitFor(() => expect(isCacheTrusted()).toBe(true), { timeout: 15_000 });

    await admin.query(
      `INSERT INTO "App" ("id", "name", "issuer", "pairwiseSalt", "createdAt") VALUES ($1, 'Before', 'x', '', now())`,
      [TENANT_ZERO],
    );
    expect((await findApp(TENANT_ZERO))?.name).toBe("Before");
    await admin.query(`UPDATE "App" SET "name" = 'After'`);
    await vi.waitFor(async () => expect((await findApp(TENANT_ZERO))?.name).toBe("After"));
    await admin.end();
  });
});
