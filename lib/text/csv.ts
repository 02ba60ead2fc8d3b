/**
 * CSV (RFC 4180). Written values can't run as formulas in a spreadsheet, and are read back
 * unchanged.
 */

/**
 * Spreadsheets treat a cell that begins with one of these as a formula. A leading quote makes it
 * text.
 */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED_FORMULA = /^'[=+\-@\t\r']/;

export type CsvValue = string | number | boolean | null | undefined;

function cell(value: CsvValue): string {
  const text = value === null || value === undefined ? "" : String(value);
  // A text that already begins with such a quote gets another one, because reading removes one.
  const inert = FORMULA.test(text) || QUOTED_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export function csvLine(values: CsvValue[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

/** The first line of a file. Without the byte order mark, Excel reads UTF-8 as the system's code page. */
export function csvHeader(columns: string[]): string {
  return `\ufeff${csvLine(columns)}`;
}

export interface CsvRow {
  /** The line number of its start, from 1. */
  line: number;
  cells: string[];
  /** A quote is never closed, so the cell contains the rest of the text. */
  unclosed: boolean;
}

/** The rows of a text, without empty lines. */
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
    // Only a quoted cell can contain line breaks.
    if (text[at] === '"') line += lineBreaks(text.slice(at, end));
    at = end;
    if (text[at] === separator) {
      at++;
      // A separator at the end of a line is followed by an empty cell.
      if (at < text.length && text[at] !== "\n" && text[at] !== "\r") continue;
      row.cells.push("");
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
    if (row.cells.length > 1 || row.cells[0] !== "") yield row;
    row = { line, cells: [], unclosed: false };
  }
}

/** The cells of each row. An unclosed quote takes the rest of the text. */
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
 * Reads from the opening quote to the end of the cell. Text between the closing quote and the next
 * separator is ignored.
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
