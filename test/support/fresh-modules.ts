/**
 * Setup of every test file: its own copies of Foyer's modules, process state and environment.
 * Packages stay loaded, because importing them takes longer than the tests of most files.
 */
import { afterAll, afterEach, vi } from "vitest";

vi.resetModules();
Reflect.deleteProperty(globalThis, Symbol.for("foyer"));
const { freezeClock } = await import("@/lib/clock");

const environment = { ...process.env };
afterEach(() => freezeClock(null));
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
