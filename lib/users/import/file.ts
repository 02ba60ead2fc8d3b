/** The rows of a file with users: CSV with a header, a JSON array, or JSON line by line. Also read in the browser, so it knows nothing of Node. */
import { readCsv } from "../../text/csv";

/** So much fits into the memory of a browser, several times over. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;
export const MAX_FILE_ROWS = 500_000;

/** So many go to the server at once. */
export const BATCH_ROWS = 250;

export interface FileRow {
  /** The line of the file that it begins at; in a JSON array, which entry it is. The first is 1. */
  row: number;
  value: Record<string, unknown>;
}

/** What is wrong with a file as a whole, as a sentence. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
}

export type FileFormat = "csv" | "json";

function fail(sentence: string): never {
  throw new UnreadableFile(sentence);
}

/** By its name; what it does not tell, the first character does. */
export function formatOf(name: string, text: string): FileFormat {
  if (/\.csv$/i.test(name)) return "csv";
  return /\.(json|ndjson|jsonl)$/i.test(name) || /^\s*[[{]/.test(text) ? "json" : "csv";
}

/** Asked before the file is read. */
export function requireFileSize(bytes: number): void {
  if (bytes > MAX_FILE_BYTES)
    fail(`The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Split it; each part is imported by itself.`);
}

/** @throws UnreadableFile */
export function decodeFile(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("The file is not encoded as UTF-8. Save it as “CSV UTF-8”, then choose it again.");
  }
}

/** @throws UnreadableFile */
export function readRows(text: string, format: FileFormat): FileRow[] {
  const rows = format === "csv" ? csvRows(text) : jsonRows(text);
  if (rows.length === 0) fail("There is no user in this file.");
  return rows;
}

function add(rows: FileRow[], row: FileRow): void {
  if (rows.length >= MAX_FILE_ROWS)
    fail(
      `The file holds more than ${MAX_FILE_ROWS.toLocaleString("en")} users. Split it; each part is imported by itself.`,
    );
  rows.push(row);
}

/** Where a comma is a decimal point, spreadsheets put a semicolon between cells. */
function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (separator: string) => header.split(separator).length;
  return [";", "\t"].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best), ",");
}

function columnNames(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  if (!names.some((name) => /e-?mail/i.test(name)))
    fail("The first line must name the columns, and one of them must be email.");
  const twice = names.find((name, index) => name && names.indexOf(name) < index);
  if (twice) fail(`The first line names the column ${twice} twice. Remove one of them.`);
  return names;
}

function csvRows(text: string): FileRow[] {
  const rows: FileRow[] = [];
  let names: string[] | null = null;
  for (const { line, cells, unclosed } of readCsv(text, separatorOf(text))) {
    if (unclosed)
      fail(`A quote in line ${line} is never closed. Close it, or write it twice where it is part of a text.`);
    if (!names) names = columnNames(cells);
    else if (cells.some((cell) => cell.trim())) add(rows, { row: line, value: named(names, cells, line) });
  }
  return rows;
}

function named(names: string[], cells: string[], line: number): Record<string, unknown> {
  if (cells.length > names.length && cells.slice(names.length).some(Boolean))
    fail(
      `Line ${line} has ${cells.length} cells, and the first line names ${names.length}. Put a text with a comma in quotes.`,
    );
  return Object.fromEntries(names.flatMap((name, column) => (name ? [[name, cells[column] ?? ""]] : [])));
}

function jsonRows(text: string): FileRow[] {
  const rows: FileRow[] = [];
  for (const { row, value } of jsonValues(text.replace(/^\ufeff/, ""))) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) fail(`Entry ${row} is not a JSON object.`);
    add(rows, { row, value: value as Record<string, unknown> });
  }
  return rows;
}

interface JsonValue {
  row: number;
  value: unknown;
}

/** An array, the `users` of an object, one object, or one per line. */
function jsonValues(text: string): JsonValue[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const { users } = (parsed ?? {}) as { users?: unknown };
    const values = [parsed, users].find(Array.isArray) ?? [parsed];
    return values.map((value: unknown, index: number) => ({ row: index + 1, value }));
  } catch (error) {
    return jsonLines(text) ?? failJson(error as Error);
  }
}

/** null when not even the first line is JSON. */
function jsonLines(text: string): JsonValue[] | null {
  const values: JsonValue[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    try {
      values.push({ row: index + 1, value: JSON.parse(line) });
    } catch {
      if (values.length === 0) return null;
      fail(`Line ${index + 1} is not valid JSON.`);
    }
  }
  return values;
}

function failJson(error: Error): never {
  // V8 repeats what was in the file.
  return fail(`The file is not valid JSON: ${error.message.replace(/, (\.\.\.)?".* is not valid JSON$/s, "")}.`);
}
