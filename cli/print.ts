/** Output of CLI commands. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command, Flags } from "./command";
import { findList, toTable } from "./table";

/** Formats a result for people: one field per line. */
function toLines(value: unknown, indent = ""): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${indent}(none)`];
    return value.flatMap((item, index) =>
      typeof item === "object" ? [...(index > 0 ? [""] : []), ...toLines(item, indent)] : [`${indent}${item}`],
    );
  }
  if (typeof value !== "object" || value === null) return [`${indent}${value ?? "-"}`];
  const width = Math.max(...Object.keys(value).map((key) => key.length));
  return Object.entries(value).flatMap(([key, item]) => {
    const isEmpty = typeof item === "object" && item !== null && !Array.isArray(item) && Object.keys(item).length === 0;
    if (isEmpty) return [`${indent}${key.padEnd(width)}  -`];
    if (typeof item === "object" && item !== null) return [`${indent}${key}`, ...toLines(item, `${indent}  `)];
    return [`${indent}${key.padEnd(width)}  ${item ?? "-"}`];
  });
}

/** A list as a table, below what else the result says. */
function toText(result: unknown, columns: string[] | undefined): string {
  const list = columns && findList(result);
  if (!columns || !list) return toLines(result).join("\n");
  const { next_cursor: cursor, ...others } = list.rest;
  const above = Object.keys(others).length > 0 ? [...toLines(others), ""] : [];
  const more = cursor ? ["", `There are more. Add: --cursor ${cursor}`] : [];
  return [...above, ...toTable(list.rows, columns), ...more].join("\n");
}

function isFile(result: unknown): result is AsyncIterable<string> {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}

/** Writes to stdout. A reader that has read enough (`| head`) is not an error. */
async function write(parts: string | AsyncIterable<string>): Promise<void> {
  const source = Readable.from(typeof parts === "string" ? [parts] : parts);
  await pipeline(source, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** Prints a result as text or as one JSON object. A file is streamed unchanged. */
export async function printResult(command: Command, result: unknown, flags: Flags, json: boolean): Promise<void> {
  if (isFile(result)) return write(result);
  // With --json, the output is always an object, also for a text.
  const object = typeof result === "object" && result !== null ? result : { text: result ?? null };
  if (json) return write(`${JSON.stringify(object)}\n`);
  const shown = command.display ? command.display(result, flags) : result;
  return write(`${toText(shown, command.columns)}\n`);
}
