// Runs the tools of the bootstrap; they end when this process is told to end.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { StepFailed } from "./failure.mjs";
import { root } from "./paths.mjs";

const GRACE_MS = 8_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const running = new Set();
let stopping = false;

/**
 * Runs `program` in the checkout. With `show` its output goes straight through, otherwise it is collected.
 * @returns {Promise<{ code: number, text: string }>}
 */
export function run(program, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
      // A process group of its own, so that a tool's workers end with it.
      detached: process.platform !== "win32",
      shell: process.platform === "win32",
    });
    let text = "";
    child.stdout?.on("data", (chunk) => (text += chunk));
    child.stderr?.on("data", (chunk) => (text += chunk));
    enter(child);
    child.on("error", (error) => {
      leave(child);
      reject(error.code === "ENOENT" ? new StepFailed(`The program ${program} was not found.`) : error);
    });
    child.on("close", (code) => {
      leave(child);
      // Told to end, nobody goes on with what a killed tool has left.
      if (!stopping) resolve({ code: code ?? 1, text });
    });
  });
}

/** Runs a tool that must succeed. */
export async function mustRun(failure, program, args, options) {
  const { code, text } = await run(program, args, options);
  if (code !== 0) throw new StepFailed(`${failure} (exit code ${code}); its output is above.`, text);
  return text;
}

function enter(child) {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, stopAll);
  running.add(child);
}

function leave(child) {
  running.delete(child);
  // What runs after the bootstrap (the server) has its own idea of a signal.
  if (running.size === 0) for (const signal of SIGNALS) process.off(signal, stopAll);
}

async function stopAll(signal) {
  stopping = true;
  const exit = () => process.exit(128 + constants.signals[signal]);
  const children = [...running];
  const closed = children.map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of children) kill(child, "SIGTERM");
  // Nothing may go on working on the checkout after this process has given up its turn.
  setTimeout(() => {
    for (const child of children) kill(child, "SIGKILL");
  }, GRACE_MS).unref();
  await Promise.all(closed);
  exit();
}

function kill(child, signal) {
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, signal);
  } catch {
    // it has just ended
  }
}
