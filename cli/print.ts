/** Output of CLI commands. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

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
    if (typeof item === "object" && item !== null) return [`${indent}${key}`, ...toLines(item, `${indent}  `)];
    return [`${indent}${key.padEnd(width)}  ${item ?? "-"}`];
  });
}

function isFile(result: unknown): result is AsyncIterable<string> {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}

/** Prints a result as text or as one JSON object. A file is streamed unchanged. */
export async function printResult(result: unknown, json: boolean): Promise<void> {
  if (isFile(result)) return pipeline(Readable.from(result), process.stdout, { end: false });
  // With --json, the output is always an object, also for a text.
  const object = typeof result === "object" && result !== null ? result : { text: result ?? null };
  if (json) process.stdout.write(`${JSON.stringify(object)}\n`);
  else process.stdout.write(`${toLines(result).join("\n")}\n`);
}
