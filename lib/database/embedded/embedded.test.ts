import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { build } from "esbuild";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedDatabase, type EmbeddedOptions, openEmbedded } from "./embedded";
import { findPostmaster } from "./postmaster";

const root = mkdtempSync(join(tmpdir(), "foyer-embedded-"));
const shared = join(root, "data");
const opened: EmbeddedDatabase[] = [];

async function open(role: EmbeddedOptions["role"], dataDir = shared) {
  const events: string[] = [];
  const database = await openEmbedded({ dataDir, role, durable: false, onEvent: (event) => events.push(event) });
  opened.push(database);
  return { ...database, events };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows.flat();
  } finally {
    await client.end().catch(() => {});
  }
}

const postmaster = (dataDir = shared) => findPostmaster(join(dataDir, "postgres", "cluster"));

async function killPostgres(dataDir = shared) {
  const running = await postmaster(dataDir);
  if (running) process.kill(running.pid, "SIGKILL");
}

async function until(holds: () => boolean | Promise<boolean>) {
  while (!(await holds())) await sleep(20);
}

// Runs in other processes, so that tests can kill one or start several at once.
const program = join(process.cwd(), ".build", `embedded-test-${process.pid}.mjs`);

beforeAll(async () => {
  const stdin = {
    contents: `import { openEmbedded } from "./embedded.ts";
      const [dataDir, role, then] = process.argv.slice(2);
      const database = await openEmbedded({ dataDir, role, durable: false });
      if (then === "die") { console.log(database.url); process.kill(process.pid, "SIGKILL"); }
      const { default: pg } = await import("pg");
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      console.log((await client.query("SELECT system_identifier AS id FROM pg_control_system()")).rows[0].id);
      await client.end();
      await database.close();`,
    resolveDir: import.meta.dirname,
  };
  await build({ stdin, bundle: true, platform: "node", format: "esm", packages: "external", outfile: program });
});

const run = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args]);

afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));

afterAll(async () => {
  await rm(program, { force: true });
  await rm(root, { recursive: true, force: true });
});

describe("openEmbedded", () => {
  it("creates a UTF-8 cluster that listens on 127.0.0.1, and stops it after the last close", async () => {
    const server = await open("server");
    expect(server.events).toEqual(["created", "starting"]);
    expect(server.url).toMatch(/^postgres:\/\/foyer:[\w-]{32}@127\.0\.0\.1:\d+\/foyer$/);
    expect(await query(server.url, "SELECT getdatabaseencoding(), datlocale FROM pg_database LIMIT 1")).toEqual([
      "UTF8",
      "C.UTF-8",
    ]);
    await server.close();
    expect(await postmaster()).toBeNull();
  });

  it("serves a tool beside the server, and stops after both are closed", async () => {
    const server = await open("server");
    const tool = await open("tool");
    expect(tool.events).toEqual(["adopted"]);
    expect(tool.url).toBe(server.url);
    await server.close();
    expect(await query(tool.url, "SELECT 1")).toEqual([1]);
    await tool.close();
    expect(await postmaster()).toBeNull();
  });

  it("rejects a second server on the same data with one sentence that names the first", async () => {
    const server = await open("server");
    await expect(open("server")).rejects.toThrow(
      `Another Foyer server (process ${process.pid}) already runs on the data folder ${shared}`,
    );
    expect(await query(server.url, "SELECT 1")).toEqual([1]);
  });

  it("restarts a killed PostgreSQL on the same port, with all committed data", async () => {
    const server = await open("server");
    await query(server.url, "CREATE TABLE kept AS SELECT 7 AS n");
    await killPostgres();
    await until(() => server.events.includes("restarted"));
    expect(server.events).toEqual(["starting", "died", "restarted"]);
    expect(await query(server.url, "SELECT n FROM kept")).toEqual([7]);
    await expect(open("server")).rejects.toThrow("Another Foyer server");
    await server.close();
    expect(await postmaster()).toBeNull();
  });

  it("connects to a running PostgreSQL whose server was killed", async () => {
    await expect(run(shared, "server", "die")).rejects.toMatchObject({ signal: "SIGKILL" });
    const before = await postmaster();
    const server = await open("server");
    expect(server.events).toEqual(["adopted"]);
    expect(await postmaster()).toEqual(before);
  });

  it("starts after server and PostgreSQL were both killed", async () => {
    await expect(run(shared, "server", "die")).rejects.toMatchObject({ signal: "SIGKILL" });
    await killPostgres();
    const server = await open("server");
    expect(server.events).toContain("starting");
    expect(await query(server.url, "SELECT n FROM kept")).toEqual([7]);
  });

  it("uses another port if another program has taken the stored one", async () => {
    const file = join(shared, "postgres", "port");
    const port = Number(readFileSync(file, "utf8"));
    const otherProgram = createServer().listen(port, "127.0.0.1");
    const server = await open("server");
    expect(new URL(server.url).port).not.toBe(String(port));
    expect(new URL(server.url).port).toBe(readFileSync(file, "utf8"));
    await server.close();
    otherProgram.close();
  });

  it("gives several processes that start at once the same cluster", async () => {
    const dataDir = join(root, "race");
    const outputs = await Promise.all([1, 2, 3].map(() => run(dataDir, "tool", "stop")));
    const identifiers = new Set(outputs.map(({ stdout }) => stdout.trim()));
    expect(identifiers.size).toBe(1);
    expect(await postmaster(dataDir)).toBeNull();
  });

  it("explains in one sentence that the data folder cannot be used", async () => {
    await expect(open("server", join(program, "data"))).rejects.toThrow(/^The data folder .* is not a folder; .*\.$/);
  });
});
