// Runs the bootstrap's tools, and stops them when this process receives a signal to stop.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { StepFailed } from "./failure.mjs";
import { root } from "./paths.mjs";

const GRACE_MS = 8_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const running = new Set();
let stopping = false;

/**
 * Runs `program` in the checkout. Its output is shown directly with `show`, and collected
 * otherwise.
 * @returns {Promise<{ code: number, text: string }>}
 */
export function run(program, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
      // In its own process group, so that a tool's workers stop with it.
      detached: process.platform !== "win32",
      shell: process.platform === "win32",
    });
    let text = "";
    child.stdout?.on("data", (chunk) => (text += chunk));
    child.stderr?.on("data", (chunk) => (text += chunk));
    track(child);
    child.on("error", (error) => {
      untrack(child);
      reject(error.code === "ENOENT" ? new StepFailed(`The program ${program} was not found.`) : error);
    });
    child.on("close", (code) => {
      untrack(child);
      // While stopping, no step continues with the result of a killed tool.
      if (!stopping) resolve({ code: code ?? 1, text });
    });
  });
}

/** Runs a tool, and fails if it does. */
export async function mustRun(failure, program, args, options) {
  const { code, text } = await run(program, args, options);
  if (code !== 0) throw new StepFailed(`${failure} (exit code ${code}). Its output is above.`, text);
  return text;
}

function track(child) {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, stopAll);
  running.add(child);
}

function untrack(child) {
  running.delete(child);
  // The server, which runs after the bootstrap, handles signals itself.
  if (running.size === 0) for (const signal of SIGNALS) process.off(signal, stopAll);
}

async function stopAll(signal) {
  stopping = true;
  const exit = () => process.exit(128 + constants.signals[signal]);
  const children = [...running];
  const closed = children.map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of children) kill(child, "SIGTERM");
  // No tool may change the checkout after this process has released its lock.
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
    // The process has just ended.
  }
}
