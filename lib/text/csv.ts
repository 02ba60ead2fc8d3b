/**
 * Comma-separated values (RFC 4180), written so that no spreadsheet runs them, and read back to
 * what they were.
 */

/**
 * A cell that begins with one of these is a formula to spreadsheets; a quote before it makes it
 * text.
 */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED_FORMULA = /^'[=+\-@\t\r']/;

export type CsvValue = string | number | boolean | null | undefined;

function cell(value: CsvValue): string {
  const text = value === null || value === undefined ? "" : String(value);
  // A text that begins with such a quote gets another one, so that reading takes off what writing
  // has put on.
  const inert = FORMULA.test(text) || QUOTED_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export function csvLine(values: CsvValue[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

export interface CsvRow {
  /** Where it begins in the text; the first line is 1. */
  line: number;
  cells: string[];
  /** One of its quotes is never closed, and so took the rest of the text. */
  unclosed: boolean;
}

/** The rows of a text; empty lines are none. */
export function* readCsv(text: string, separator = ","): Generator<CsvRow> {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  let row: CsvRow = { line, cells: [], unclosed: false };
  while (at < text.length) {
    const {
      value,
      end,
      unclosed = false,
    } = text[at] === '"' ? quotedCell(text, at, separator) : plainCell(text, at, separator);
    row.cells.push(QUOTED_FORMULA.test(value) ? value.slice(1) : value);
    row.unclosed ||= unclosed;
    // Only a quoted cell goes over several lines.
    if (text[at] === '"') line += lineBreaks(text.slice(at, end));
    at = end;
    if (text[at] === separator) {
      at++;
      // What separates at the very end of a line is followed by one more cell.
      if (at < text.length && text[at] !== "\n" && text[at] !== "\r") continue;
      row.cells.push("");
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
    if (row.cells.length > 1 || row.cells[0] !== "") yield row;
    row = { line, cells: [], unclosed: false };
  }
}

/** The cells alone. A quote that is never closed takes the rest. */
export function* parseCsv(text: string): Generator<string[]> {
  for (const { cells } of readCsv(text)) yield cells;
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

interface Cell {
  value: string;
  end: number;
  unclosed?: boolean;
}

function plainCell(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(start, end), end };
}

/**
 * From its opening quote to what follows the closing one; what stands between that and the next
 * cell belongs to nobody.
 */
function quotedCell(text: string, start: number, separator: string): Cell {
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length, unclosed: true };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: plainCell(text, quote + 1, separator).end };
    value += '"';
    at = quote + 2;
  }
}
