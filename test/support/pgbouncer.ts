/** PgBouncer with its default settings, in front of a test database. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { vi } from "vitest";
import { chooseFreePort } from "@/lib/database/embedded/port";

const PGBOUNCER = process.env.FOYER_PGBOUNCER ?? "/usr/sbin/pgbouncer";

/** Installs Debian's package where that is possible. */
function providePgBouncer(): boolean {
  if (existsSync(PGBOUNCER)) return true;
  try {
    execFileSync("apt-get", ["install", "-y", "-q", "pgbouncer"], { stdio: "ignore", timeout: 120_000 });
  } catch {
    // Reported below.
  }
  return existsSync(PGBOUNCER);
}

/** From 1.21, PgBouncer keeps prepared statements in transaction mode. */
export function keepsPreparedStatements(): boolean {
  const [, major = 0, minor = 0] =
    /(\d+)\.(\d+)/.exec(execFileSync(PGBOUNCER, ["--version"], { encoding: "utf8" })) ?? [];
  return Number(major) > 1 || Number(minor) >= 21;
}

/** Whether PgBouncer is here or could be installed. If not, the tests that need it say that they are skipped. */
export function hasPgBouncer(): boolean {
  const isInstalled = providePgBouncer();
  if (!isInstalled) console.warn("Skipped the tests with PgBouncer. Install it with: apt-get install pgbouncer");
  return isInstalled;
}

let running: { child: ChildProcess; folder: string } | null = null;

export function stopPgBouncer(): void {
  running?.child.kill("SIGTERM");
  if (running) rmSync(running.folder, { recursive: true, force: true });
  running = null;
}

export type Mode = "session" | "transaction";

/** Starts PgBouncer with its defaults in front of the database at `url`. → its URL for it */
export async function startPgBouncer(mode: Mode, url: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const listenPort = await chooseFreePort();
  const folder = mkdtempSync(join(tmpdir(), "foyer-pgbouncer-"));
  chmodSync(folder, 0o755);
  const users = join(folder, "users.txt");
  writeFileSync(users, `"${username}" "${password}"\n`, { mode: 0o644 });
  const settings = [
    "[databases]",
    `* = host=${hostname} port=${port}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${listenPort}`,
    "unix_socket_dir =",
    "auth_type = plain",
    `auth_file = ${users}`,
    `pool_mode = ${mode}`,
    ...(mode === "transaction" && keepsPreparedStatements() ? ["max_prepared_statements = 200"] : []),
  ];
  const file = join(folder, "pgbouncer.ini");
  writeFileSync(file, settings.join("\n"), { mode: 0o644 });
  // PgBouncer doesn't run as root.
  const user = process.getuid?.() === 0 ? ["-u", "daemon"] : [];
  running = { child: spawn(PGBOUNCER, [...user, "-q", file], { stdio: "ignore" }), folder };
  const pooled = `postgres://${username}:${password}@127.0.0.1:${listenPort}${pathname}`;
  await vi.waitFor(() => query(pooled, "SELECT 1"), { timeout: 5000, interval: 50 });
  return pooled;
}

export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
