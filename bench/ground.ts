/**
 * The test setup: a temporary folder with an embedded database, the production server, and an app
 * with users.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import bcrypt from "bcrypt";
import pg from "pg";
import { openEmbedded } from "@/lib/database/embedded/embedded";
import { findPostmaster } from "@/lib/database/embedded/postmaster";
import { generateUsers } from "./rows";

const PASSWORD = "correct horse battery";

export interface Session {
  token: string;
  refresh_token: string;
}

export interface Program {
  port: number;
  pid: number;
  /** Milliseconds from the command to "ready". */
  readyMs: number;
  stop(): Promise<void>;
}

export interface Ground {
  app: { app_id: string; api_key: string; issuer: string };
  /** The Authorization header with the app's API key. */
  key: Record<string, string>;
  password: string;
  /** Users `user-1` to `user-N` at rows.example. */
  users: number;
  server: Program;
  postgresPid: number;
  environment: NodeJS.ProcessEnv;
  /** Environment variables for another server on the same database. */
  shared: NodeJS.ProcessEnv;
  /** The number of signed-in users. */
  sessions(count: number): Promise<Session[]>;
  close(): Promise<void>;
}

const started = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of started) child.kill("SIGKILL");
});

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Starts a command and waits until `sign` appears in its output. */
export async function startProgram(
  command: string[],
  port: number,
  env: NodeJS.ProcessEnv,
  sign: string,
  cwd?: string,
): Promise<Program> {
  const [name = "", ...args] = command;
  const begun = performance.now();
  const child = spawn(name, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
  started.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      started.delete(child);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part) => {
        if (text.includes(sign)) return;
        text += part;
        if (text.includes(sign)) resolve();
      });
    void ended.then(() => reject(new Error(`${command.join(" ")} exited:\n${text}`)));
  });
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { port, pid: child.pid ?? 0, readyMs: performance.now() - begun, stop };
}

/** A fixed environment, so that the figures don't depend on the caller's. */
export function scratchEnvironment(dataDir: string, port: number, cost: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    FOYER_DIST_DIR: process.env.FOYER_DIST_DIR,
    DATA_DIR: dataDir,
    PORT: String(port),
    BCRYPT_COST: String(cost),
    // Set for this run, so that values created by the bench itself are valid.
    FOYER_SECRET: process.env.FOYER_SECRET,
    LOG_LEVEL: "warn",
  };
}

async function foyer(env: NodeJS.ProcessEnv, ...args: string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, [process.env.FOYER_CLI ?? "", ...args, "--json"], {
    env,
  });
  return JSON.parse(stdout);
}

async function signIn(port: number, app: Ground["app"], user: number): Promise<Session> {
  const answer = await fetch(`http://localhost:${port}/api/auth/credentials/login/${app.app_id}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${app.api_key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ email: `user-${user}@rows.example`, password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`A sign-in failed with status ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Session;
}

/** In small groups, because the server rejects requests when the hashing queue is full. */
async function signInSome(port: number, app: Ground["app"], users: number, count: number): Promise<Session[]> {
  const sessions: Session[] = [];
  while (sessions.length < count) {
    const group = Array.from({ length: Math.min(16, count - sessions.length) }, (_, index) => sessions.length + index);
    sessions.push(...(await Promise.all(group.map((n) => signIn(port, app, 1 + ((n * 7919) % users))))));
  }
  return sessions;
}

const open = new Set<() => Promise<void>>();

/** Cleans up after an aborted run. */
export async function closeEverything(): Promise<void> {
  await Promise.allSettled([...open].map((close) => close()));
}

/** A temporary folder that is deleted at the end, after `first`. */
export function scratchFolder(first: () => Promise<unknown> = async () => {}): {
  dataDir: string;
  close(): Promise<void>;
} {
  const dataDir = mkdtempSync(join(tmpdir(), "foyer-bench-"));
  const close = async () => {
    open.delete(close);
    await first();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  open.add(close);
  return { dataDir, close };
}

/**
 * Node.js flags for the server: `BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profile"` writes
 * a CPU profile.
 */
function serverFlags(): string[] {
  return (process.env.BENCH_NODE_FLAGS ?? "").split(" ").filter(Boolean);
}

export async function prepareGround({ cost, users }: { cost: number; users: number }): Promise<Ground> {
  const end: (() => Promise<void>)[] = [];
  const { dataDir, close } = scratchFolder(async () => {
    for (const step of end) await step();
  });
  const database = await openEmbedded({ dataDir, role: "tool" });
  end.unshift(database.close);
  const port = await freePort();
  const environment = scratchEnvironment(dataDir, port, cost);
  const server = await startProgram(
    [process.execPath, ...serverFlags(), process.env.FOYER_SERVER ?? ""],
    port,
    environment,
    "Foyer is ready",
  );
  end.unshift(server.stop);
  await foyer(environment, "developers", "create", "--email", "alice@example.com", "--password", PASSWORD);
  const app = await foyer(environment, "apps", "create", "--owner", "alice@example.com", "--name", "Bench");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await generateUsers(client, app.app_id, users, await bcrypt.hash(PASSWORD, cost));
  await client.end();
  const postmaster = await findPostmaster(join(dataDir, "postgres", "cluster"));
  return {
    app,
    key: { Authorization: `Bearer ${app.api_key}` },
    password: PASSWORD,
    users,
    server,
    postgresPid: postmaster?.pid ?? 0,
    environment,
    shared: { DATABASE_URL: database.url } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
    sessions: (count) => signInSome(port, app, users, count),
    close,
  };
}
