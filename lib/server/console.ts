/**
 * What Next writes to the console, as lines of the log: one JSON object each, with the request's ID.
 */
import { stripVTControlCharacters } from "node:util";
import { toAppError } from "../http/respond";
import { log } from "../log";
import { requestContext } from "../request-context";

/** Next writes a symbol in color before the error. */
function textOf(values: unknown[]): string {
  const texts = values.filter((value) => typeof value === "string").map(stripVTControlCharacters);
  return texts
    .join(" ")
    .replace(/^\s*⨯\s*/, "")
    .trim();
}

/** The error of a page also decides the page's status: lib/server/unavailable-page.ts. */
function write(level: "error" | "warn", values: unknown[]): void {
  const error = values.find((value) => value instanceof Error);
  log()[level](error ? { err: error } : {}, textOf(values) || "page failed");
  const context = requestContext();
  if (context && error && toAppError(error).status === 503) context.isUnavailable = true;
}

/** From now on. Foyer itself doesn't write to the console. */
export function logConsole(): void {
  console.error = (...values) => write("error", values);
  console.warn = (...values) => write("warn", values);
}
