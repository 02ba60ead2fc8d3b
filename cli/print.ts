import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What a command found out, for a program (one JSON object) or for a person. */
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

/** A file goes out as it is, in parts. */
export async function printResult(result: unknown, json: boolean): Promise<void> {
  if (isFile(result)) return pipeline(Readable.from(result), process.stdout, { end: false });
  // A program reads one object, also from a command that only says something.
  const object = typeof result === "object" && result !== null ? result : { text: result ?? null };
  if (json) process.stdout.write(`${JSON.stringify(object)}\n`);
  else process.stdout.write(`${toLines(result).join("\n")}\n`);
}
