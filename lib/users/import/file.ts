/**
 * Reads the rows of an import file: CSV with a header, a JSON array or JSON Lines. Also used in the
 * browser, so it imports nothing of Node.
 */
import { readCsv } from "../../text/csv";

/** Small enough to fit into a browser's memory several times. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;
export const MAX_FILE_ROWS = 500_000;

/** How many rows a request to the server contains. */
export const BATCH_ROWS = 250;

export interface FileRow {
  /**
   * The line in the file where the row starts or, in a JSON array, the number of the entry. The
   * first is 1.
   */
  row: number;
  value: Record<string, unknown>;
}

/** A file that can't be read at all. The message is a sentence for the user. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
}

export type FileFormat = "csv" | "json";

function fail(sentence: string): never {
  throw new UnreadableFile(sentence);
}

/** By the file name or, if it doesn't tell, by the first character. */
export function formatOf(name: string, text: string): FileFormat {
  if (/\.csv$/i.test(name)) return "csv";
  return /\.(json|ndjson|jsonl)$/i.test(name) || /^\s*[[{]/.test(text) ? "json" : "csv";
}

/** Checked before the file is read. */
export function requireFileSize(bytes: number): void {
  if (bytes > MAX_FILE_BYTES)
    fail(`The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Split it, and import each part separately.`);
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
  if (rows.length === 0) fail("This file contains no users.");
  return rows;
}

function add(rows: FileRow[], row: FileRow): void {
  if (rows.length >= MAX_FILE_ROWS)
    fail(
      `The file contains more than ${MAX_FILE_ROWS.toLocaleString("en")} users. Split it, and import each part separately.`,
    );
  rows.push(row);
}

/** In languages with a decimal comma, spreadsheets separate cells by semicolons. */
function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (separator: string) => header.split(separator).length;
  return [";", "\t"].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best), ",");
}

function columnNames(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  if (!names.some((name) => /e-?mail/i.test(name)))
    fail("The first line must contain the column names, including email.");
  const twice = names.find((name, index) => name && names.indexOf(name) < index);
  if (twice) fail(`The first line contains the column ${twice} twice. Remove one of them.`);
  return names;
}

function csvRows(text: string): FileRow[] {
  const rows: FileRow[] = [];
  let names: string[] | null = null;
  for (const { line, cells, unclosed } of readCsv(text, separatorOf(text))) {
    if (unclosed) fail(`A quote in line ${line} is never closed. Close it, or double it if it is part of a value.`);
    if (!names) names = columnNames(cells);
    else if (cells.some((cell) => cell.trim())) add(rows, { row: line, value: named(names, cells, line) });
  }
  return rows;
}

function named(names: string[], cells: string[], line: number): Record<string, unknown> {
  if (cells.length > names.length && cells.slice(names.length).some(Boolean))
    fail(
      `Line ${line} has ${cells.length} cells, but the first line names ${names.length}. Put values with commas in quotes.`,
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

/** An array, the `users` of an object, a single object, or one object per line. */
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

/** null if the first line isn't JSON. */
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
  // V8's message quotes the file, which may contain personal data.
  return fail(`The file is not valid JSON: ${error.message.replace(/, (\.\.\.)?".* is not valid JSON$/s, "")}.`);
}
