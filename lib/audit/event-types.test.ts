import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EVENT_GROUPS, EVENT_TYPES, type EventGroup, typesOf } from "./event-types";

const RECORDS = /\b(recordEvents?|recordRejection|eventRow)\b/;
const TYPE = /"([a-z_]+\.[a-z_]+)"/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every type that is written in a file which records events. */
function recordedTypes(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of ["lib", "app", "cli"].flatMap((folder) => sources(join(process.cwd(), folder)))) {
    const text = readFileSync(file, "utf8");
    if (!RECORDS.test(text)) continue;
    for (const [, type] of text.matchAll(TYPE)) found.set(type as string, file);
  }
  return found;
}

describe("the types of events", () => {
  const recorded = recordedTypes();

  it("each has a sentence and a place in the list: say it in lib/audit/event-types.ts", () => {
    expect(recorded.size).toBeGreaterThan(30);
    expect([...recorded].filter(([type]) => !EVENT_TYPES.has(type))).toEqual([]);
  });

  it("no two say the same, and no group is empty", () => {
    const sentences = [...EVENT_TYPES.values()].map(({ says }) => says);
    expect(new Set(sentences).size).toBe(sentences.length);
    const groups = Object.keys(EVENT_GROUPS) as EventGroup[];
    expect(groups.flatMap(typesOf).sort()).toEqual([...EVENT_TYPES.keys()].sort());
    for (const group of groups) expect(typesOf(group)).not.toEqual([]);
  });
});
