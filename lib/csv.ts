/** Comma-separated values (RFC 4180), written so that no spreadsheet runs them, and read back to what they were. */

/** A cell that begins with one of these is a formula to spreadsheets; a quote before it makes it text. */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED_FORMULA = /^'[=+\-@\t\r']/;

export type CsvValue = string | number | boolean | null | undefined;

function cell(value: CsvValue): string {
  const text = value === null || value === undefined ? "" : String(value);
  // A text that begins with such a quote gets another one, so that reading takes off what writing has put on.
  const inert = FORMULA.test(text) || QUOTED_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export function csvLine(values: CsvValue[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

/** The rows of a text, each an array of cells. A quote that is never closed takes the rest; empty lines are none. */
export function* parseCsv(text: string): Generator<string[]> {
  let row: string[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  while (at < text.length) {
    const { value, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    row.push(QUOTED_FORMULA.test(value) ? value.slice(1) : value);
    at = end;
    if (text[at] === ",") {
      at++;
      // A comma at the very end of the text is followed by one more cell.
      if (at === text.length) row.push("");
      else if (text[at] !== "\n" && text[at] !== "\r") continue;
      else row.push("");
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (row.length > 1 || row[0] !== "") yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}

function plainCell(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && !",\r\n".includes(text[end] as string)) end++;
  return { value: text.slice(start, end), end };
}

/** From its opening quote to what follows the closing one; what stands between that and the next comma belongs to nobody. */
function quotedCell(text: string, start: number): { value: string; end: number } {
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: plainCell(text, quote + 1).end };
    value += '"';
    at = quote + 2;
  }
}
