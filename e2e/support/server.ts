/** The production server of the build under test, as a child process with its own port, database and environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "../../test/support/database";
import { TEST_BCRYPT_COST, TEST_SECRET } from "../../test/support/environment";
import { onCleanup } from "./cleanup";

export const ROOT = join(import.meta.dirname, "..", "..");

export type Variables = Record<string, string | undefined>;

export interface Program {
  child: ChildProcess;
  /** What it has written so far, to both streams. */
  output(): string;
  /** What it has written to stderr. */
  errors(): string;
  /** Its exit code, or the name of the signal that killed it. */
  ended: Promise<number | string>;
}

export interface Server extends Program {
  url: string;
  port: number;
  environment: Variables;
  /** Sends SIGTERM. → the exit code */
  stop(): Promise<number | string>;
}

const READY = "Foyer is ready at ";
const running = new Set<ChildProcess>();

function variable(name: "FOYER_SERVER" | "FOYER_DIST_DIR"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; \`npm test\` sets it.`);
  return value;
}

export function cliFile(): string {
  return join(dirname(variable("FOYER_SERVER")), "cli.mjs");
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A complete environment: nothing of the test runner's own reaches the server. */
export function productionEnvironment(port: number, variables: Variables = {}): Variables {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    FOYER_DIST_DIR: variable("FOYER_DIST_DIR"),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    FOYER_SECRET: TEST_SECRET,
    BCRYPT_COST: TEST_BCRYPT_COST,
    LOG_LEVEL: "warn",
    ...variables,
  };
}

/** Starts Node in the checkout. The program is killed at the end if it still runs then. */
export function runNode(args: string[], env: Variables): Program {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: env as NodeJS.ProcessEnv });
  if (running.size === 0) onCleanup(killRunning);
  running.add(child);
  let text = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part) => {
    text += part;
    errors += part;
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? "unknown");
    });
  });
  return { child, output: () => text, errors: () => errors, ended };
}

function killRunning(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Resolves as soon as `holds` does. Fails after a number of seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; ; await sleep(25)) {
    if (await holds()) return;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
  }
}

/** Starts a server without waiting for it. Unless DATABASE_URL is among the variables, it gets a migrated database. */
export async function launchServer(variables: Variables = {}): Promise<Server> {
  const port = variables.PORT ? Number(variables.PORT) : await freePort();
  const database = "DATABASE_URL" in variables ? {} : { DATABASE_URL: await createDatabase() };
  const environment = productionEnvironment(port, { ...database, ...variables });
  const program = runNode([variable("FOYER_SERVER")], environment);
  const stop = () => {
    program.child.kill("SIGTERM");
    return program.ended;
  };
  return { ...program, url: `http://localhost:${port}`, port, environment, stop };
}

export async function untilReady(server: Server): Promise<Server> {
  let exit: number | string | null = null;
  // A start takes about a second on an idle machine.
  const patienceSeconds = 45;
  void server.ended.then((code) => {
    exit = code;
  });
  const isDecided = () => exit !== null || server.output().includes(READY);
  await until("the server is ready", isDecided, patienceSeconds).catch((error) => {
    throw new Error(`${error.message}\n${server.output()}`);
  });
  if (exit !== null) throw new Error(`The server exited with ${exit} before it was ready:\n${server.output()}`);
  return server;
}

export async function startServer(variables: Variables = {}): Promise<Server> {
  return untilReady(await launchServer(variables));
}
