/** Parser of an event's `explanation`. Every field is optional, since events differ. */
import { z } from "zod";

const texts = z
  .union([z.string().transform((text) => [text]), z.array(z.string())])
  .nullish()
  .catch(null);
const line = z.string().nullish().catch(null);

const Known = z.object({
  description: line,
  remedy: line,
  section: line,
  endpoint: line,
  sent: texts,
  registered: texts,
  requested: texts,
  granted: texts,
});

export interface Explanation {
  /** What was wrong. */
  description: string | null;
  remedy: string | null;
  section: string | null;
  endpoint: string | null;
  /** What the caller sent; null if the error isn't about a value. */
  sent: string[] | null;
  expected: { label: string; values: string[] } | null;
  /** All other fields. */
  rest: [name: string, value: string][];
}

const EXPECTED = { registered: "Registered", requested: "Originally requested", granted: "Granted" } as const;

/** Shown elsewhere, or internal. */
const HIDDEN = new Set([...Object.keys(Known.shape), "parameter"]);

function formatValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ") || "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return JSON.stringify(value);
}

export function readExplanation(explanation: unknown): Explanation {
  const object =
    typeof explanation === "object" && explanation !== null && !Array.isArray(explanation) ? explanation : {};
  const known = Known.parse(object);
  const names = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];
  const name = names.find((candidate) => known[candidate]);
  const expected = name ? { label: EXPECTED[name], values: known[name] ?? [] } : null;
  const rest = Object.entries(object).filter(([key, value]) => !HIDDEN.has(key) && value !== null && value !== "");
  return {
    description: known.description ?? null,
    remedy: known.remedy ?? null,
    section: known.section ?? null,
    endpoint: known.endpoint ?? null,
    sent: known.sent ?? null,
    expected,
    rest: rest.map(([key, value]) => [key.replaceAll("_", " "), formatValue(value)]),
  };
}
