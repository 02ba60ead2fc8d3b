/** Tables: the lists of the CLI for people. */

type Row = Record<string, unknown>;

/** The list of a result such as `{apps: […]}` or `{data: […], next_cursor}`, and its other members. */
export function findList(result: unknown): { rows: Row[]; rest: Row } | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const [name, rows] = Object.entries(result).find(([, value]) => Array.isArray(value)) ?? [];
  if (name === undefined) return undefined;
  const { [name]: _, ...rest } = result as Row;
  return { rows: rows as Row[], rest };
}

const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(\.\d+)?Z$/;

/** A value in one line. Times are UTC, to the minute. */
function toCell(value: unknown): string {
  if (value === null || value === undefined || value === "") return "-";
  if (Array.isArray(value)) return value.map(toCell).join(" ") || "-";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof Date) return toCell(value.toISOString());
  if (typeof value === "object") return JSON.stringify(value);
  return String(value)
    .replace(TIME, "$1 $2Z")
    .replace(/\p{Cc}+/gu, " ");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** The columns of a terminal that a text takes: East Asian letters and emoji take two. */
function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  const letters = [...new Intl.Segmenter().segment(text)];
  return letters.reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0);
}

/** The lines of an aligned table, with its header. */
export function toTable(rows: Row[], columns: string[]): string[] {
  if (rows.length === 0) return ["(none)"];
  const header = columns.map((column) => column.replaceAll("_", " ").toUpperCase());
  const lines = [header, ...rows.map((row) => columns.map((column) => toCell(row[column])))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ""))));
  return lines.map((line) =>
    line
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
}
