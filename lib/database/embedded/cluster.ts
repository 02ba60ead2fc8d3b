/**
 * The PostgreSQL cluster on disk, in `<data folder>/postgres/{cluster,password,port}`: create,
 * start and stop it.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { type Binaries, findBinaries } from "./binaries";
import { explainOutput } from "./error-messages";
import { chooseOsUser, type OsUser } from "./os-user";
import { chooseFreePort, isFree } from "./port";
import { findPostmaster } from "./postmaster";

export interface Cluster {
  dataDir: string;
  home: string;
  pgdata: string;
  logFile: string;
  durable: boolean;
  binaries: Binaries;
  osUser: OsUser;
}

const START_SECONDS = 600;
const LOG_BYTES = 10 * 1024 * 1024;
const UNFINISHED_PREFIX = "postgres-new-";
// Another process has just started the cluster, or (the last two) has already stopped it again.
const TRANSIENT =
  /pre-existing shared memory|lock file ".*" already exists|could not bind|Address already in use|received fast shutdown request|the database system is shut down/i;

export async function openCluster(dataDir: string, durable: boolean): Promise<Cluster> {
  const binaries = findBinaries();
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  const home = join(dataDir, "postgres");
  const pgdata = join(home, "cluster");
  const osUser = await chooseOsUser(pgdata, binaries.initdb);
  return { dataDir, home, pgdata, logFile: join(dataDir, "postgres.log"), durable, binaries, osUser };
}

export function isCreated(cluster: Cluster): boolean {
  return existsSync(cluster.home);
}

/**
 * Creates the cluster in a temporary folder and renames it, so that an interrupted initdb leaves no
 * broken cluster.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  await removeUnfinished(cluster.dataDir);
  const work = await mkdtemp(join(cluster.dataDir, UNFINISHED_PREFIX));
  try {
    const passwordFile = join(work, "password");
    await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
    await cluster.osUser.own(work);
    await cluster.osUser.own(passwordFile);
    await runInitdb(cluster, join(work, "cluster"), passwordFile);
    await writeFile(join(work, "port"), String(await chooseFreePort()), { flush: true });
    await rename(work, cluster.home);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

async function runInitdb(cluster: Cluster, pgdata: string, passwordFile: string): Promise<void> {
  const encoding = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["-U", "foyer", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const speed = cluster.durable ? [] : ["--no-sync"];
  const { initdb } = cluster.binaries;
  const { code, text } = await cluster.osUser.run(initdb, ["-D", pgdata, ...encoding, ...access, ...speed]);
  if (code !== 0) throw explainOutput("create its data", text, cluster.dataDir);
}

async function removeUnfinished(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(UNFINISHED_PREFIX));
  await Promise.all(left.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

export async function readPassword(cluster: Cluster): Promise<string> {
  return (await readFile(join(cluster.home, "password"), "utf8")).trim();
}

/**
 * Starts PostgreSQL, detached from this process. Without `port` it uses the stored port, or another
 * one if that is taken. PostgreSQL may not run yet when this returns after a transient failure: the
 * caller tries again.
 */
export async function startCluster(cluster: Cluster, port?: number): Promise<void> {
  const chosen = port ?? (await storedPort(cluster));
  await rm(join(cluster.pgdata, "postmaster.pid"), { force: true });
  const logged = await prepareLog(cluster);
  const options = ["-D", cluster.pgdata, "-l", cluster.logFile, "-w", "-t", String(START_SECONDS), "-s"];
  const settings = serverSettings(chosen, cluster.durable);
  const { code } = await cluster.osUser.run(cluster.binaries.pgCtl, [...options, "-o", settings, "start"]);
  if (code === 0) return;
  const output = (await readFile(cluster.logFile)).subarray(logged).toString();
  // If the log has no error, PostgreSQL was killed.
  if (/FATAL|PANIC|error/.test(output) && !TRANSIENT.test(output))
    throw explainOutput("start", output, cluster.dataDir, cluster.logFile);
}

/** Stops PostgreSQL and waits. Open connections are closed; committed data is on disk. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  const stop = ["-D", cluster.pgdata, "-m", "fast", "-w", "-t", "60", "-s", "stop"];
  const { code, text } = await cluster.osUser.run(cluster.binaries.pgCtl, stop);
  if (code !== 0 && (await findPostmaster(cluster.pgdata))) {
    throw explainOutput("stop", text, cluster.dataDir, cluster.logFile);
  }
}

const MB = 1024 * 1024;

/** A sixteenth of the machine's memory, from 64 to 256 MB. Unused buffers take no memory. */
function sharedBuffersMb(): number {
  return Math.min(256, Math.max(64, Math.floor(totalmem() / 16 / MB)));
}

function serverSettings(port: number, durable: boolean): string {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "io_method=sync",
    "max_connections=200",
    `shared_buffers=${sharedBuffersMb()}MB`,
    "autovacuum_max_workers=2",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    ...(durable ? [] : ["fsync=off", "full_page_writes=off"]),
  ];
  return [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(" ");
}

async function storedPort(cluster: Cluster): Promise<number> {
  const file = join(cluster.home, "port");
  const port = Number(await readFile(file, "utf8").catch(() => ""));
  if (port && (await isFree(port))) return port;
  const another = await chooseFreePort();
  await writeFile(`${file}.new`, String(another), { flush: true });
  await rename(`${file}.new`, file);
  return another;
}

/** Rotates a long log file. Returns the current length of the log. */
async function prepareLog(cluster: Cluster): Promise<number> {
  const size = await stat(cluster.logFile).then(
    (file) => file.size,
    () => 0,
  );
  if (size > LOG_BYTES) await rename(cluster.logFile, `${cluster.logFile}.1`);
  await (await open(cluster.logFile, "a", 0o600)).close();
  await chmod(cluster.logFile, 0o600);
  await cluster.osUser.own(cluster.logFile);
  return size > LOG_BYTES ? 0 : size;
}
