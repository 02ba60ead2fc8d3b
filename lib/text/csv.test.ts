import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine, parseCsv, readCsv } from "./csv";

describe("CSV", () => {
  it.each([
    [["a", "b"], "a,b\r\n"],
    [['say "hi"', "a,b", "two\nlines"], '"say ""hi""","a,b","two\nlines"\r\n'],
    [[1, true, null, undefined, ""], "1,true,,,\r\n"],
  ])("writes %j", (values, line) => {
    expect(csvLine(values)).toBe(line);
  });

  it.each(["=1+1", "+41 44", "-5", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("https://evil.example")'])(
    "makes text of what a spreadsheet would run: %j",
    (value) => {
      expect(csvLine([value])).toMatch(/^"?'/);
      expect([...parseCsv(csvLine([value, "x"]))]).toEqual([[value, "x"]]);
    },
  );

  it.each([
    [
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["\ufeffa,b", [["a", "b"]]],
    [
      "a,\n,b\n",
      [
        ["a", ""],
        ["", "b"],
      ],
    ],
    ["a,", [["a", ""]]],
    ["a\n\n\nb", [["a"], ["b"]]],
    ['"a\r\nb",c\n', [["a\r\nb", "c"]]],
    ['"a""b"x,c', [['a"b', "c"]]],
    ['"never closed, still\nhere', [["never closed, still\nhere"]]],
    ["", []],
  ])("reads %j", (text, rows) => {
    expect([...parseCsv(text)]).toEqual(rows);
  });

  it("reads back what was written", () => {
    // An empty line isn't a row, so every row has a first cell.
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "'", "=", "-", "ü", " ") });
    const row = fc.tuple(
      cell.map((text) => `x${text}`),
      cell,
      cell,
    );
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect([...parseCsv(rows.map(csvLine).join(""))]).toEqual(rows);
      }),
    );
  });

  it("returns the line number of a row, counting empty lines and line breaks in cells", () => {
    const rows = [...readCsv('a,b\n\n"x\r\ny",1\r\n"p\rq\n",2\rlast,3')];
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [1, "a"],
      [3, "x\r\ny"],
      [5, "p\rq\n"],
      [8, "last"],
    ]);
  });

  it.each([";", "\t"])("reads cells separated by %j", (separator) => {
    const text = `a${separator}"b${separator}c"${separator}\n,${separator}`;
    expect([...readCsv(text, separator)].map(({ cells }) => cells)).toEqual([
      ["a", `b${separator}c`, ""],
      [",", ""],
    ]);
  });

  it("reports an unclosed quote", () => {
    expect([...readCsv('a,b\nc,"d\ne,f\n')].map(({ line, unclosed }) => [line, unclosed])).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});
