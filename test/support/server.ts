/** The built production server as a child process, with a database, a port and an environment of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll } from "vitest";
import { createDatabase } from "./database";
import { TEST_BCRYPT_COST, TEST_SECRET } from "./environment";

export const ROOT = join(import.meta.dirname, "..", "..");

export type Variables = Record<string, string | undefined>;

export interface Program {
  child: ChildProcess;
  /** Everything it has written so far, to both streams. */
  output(): string;
  /** What of that went to stderr. */
  errors(): string;
  /** Its exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
}

export interface Server extends Program {
  url: string;
  port: number;
  environment: Variables;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | string>;
}

const READY = "Foyer is ready at ";
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

function variable(name: "FOYER_SERVER" | "FOYER_DIST_DIR"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; \`npm test\` sets it.`);
  return value;
}

export function serverFile(): string {
  return variable("FOYER_SERVER");
}

export function cliFile(): string {
  return join(dirname(serverFile()), "cli.mjs");
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

/** Only what is said here: nothing of the test runner's own environment reaches the server. */
export function productionEnvironment(port: number, given: Variables = {}): Variables {
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
    ...given,
  };
}

/** Runs a program of Node's in the checkout. */
export function runNode(args: string[], env: Variables): Program {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: env as NodeJS.ProcessEnv });
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

/** Resolves when `holds` does; fails with what the program wrote when it ends first, or after a while. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; ; await sleep(25)) {
    if (await holds()) return;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}`);
  }
}

/** Starts a server and does not wait. Without DATABASE_URL in `given` it gets a copy of the template. */
export async function launchServer(given: Variables = {}): Promise<Server> {
  const port = given.PORT ? Number(given.PORT) : await freePort();
  const database = "DATABASE_URL" in given ? {} : { DATABASE_URL: await createDatabase() };
  const environment = productionEnvironment(port, { ...database, ...given });
  const program = runNode([serverFile()], environment);
  const stop = () => {
    program.child.kill("SIGTERM");
    return program.ended;
  };
  return { ...program, url: `http://localhost:${port}`, port, environment, stop };
}

export async function untilReady(server: Server): Promise<Server> {
  let exit: number | string | null = null;
  // A start takes seconds; with three at once on a busy machine it may be many.
  const patienceSeconds = 45;
  void server.ended.then((code) => {
    exit = code;
  });
  const isOver = () => exit !== null || server.output().includes(READY);
  await until("the server gets ready", isOver, patienceSeconds).catch((error) => {
    throw new Error(`${error.message}\n${server.output()}`);
  });
  if (exit !== null) throw new Error(`The server ended with ${exit} before it was ready:\n${server.output()}`);
  return server;
}

export async function startServer(given: Variables = {}): Promise<Server> {
  return untilReady(await launchServer(given));
}
