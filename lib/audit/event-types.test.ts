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

describe("EVENT_TYPES", () => {
  const recorded = recordedTypes();

  it("has an entry for every recorded event type", () => {
    expect(recorded.size).toBeGreaterThan(30);
    expect([...recorded].filter(([type]) => !EVENT_TYPES.has(type))).toEqual([]);
  });

  it("has unique titles and no empty group", () => {
    const titles = [...EVENT_TYPES.values()].map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    const groups = Object.keys(EVENT_GROUPS) as EventGroup[];
    expect(groups.flatMap(typesOf).sort()).toEqual([...EVENT_TYPES.keys()].sort());
    for (const group of groups) expect(typesOf(group)).not.toEqual([]);
  });
});
