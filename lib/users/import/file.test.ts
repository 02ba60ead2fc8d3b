import { describe, expect, it } from "vitest";
import { decodeFile, formatOf, MAX_FILE_BYTES, readRows, requireFileSize, UnreadableFile } from "./file";

describe("a CSV file", () => {
  it("becomes one row per line, with its line number", () => {
    expect(
      readRows('\ufeffemail, name\r\n\r\nbob@example.com,"Bob\nthe Builder"\r\ncarol@example.com,\r\n,\r\n', "csv"),
    ).toEqual([
      { row: 3, value: { email: "bob@example.com", name: "Bob\nthe Builder" } },
      { row: 5, value: { email: "carol@example.com", name: "" } },
    ]);
  });

  it.each([";", "\t"])("can be separated by %j", (separator) => {
    const lines = [`E-Mail${separator}name`, `bob@example.com${separator}Bob, the Builder`];
    expect(readRows(lines.join("\n"), "csv")).toEqual([
      { row: 2, value: { "E-Mail": "bob@example.com", name: "Bob, the Builder" } },
    ]);
  });

  it("treats a column named __proto__ as any other column", () => {
    const [row] = readRows("email,__proto__\nbob@example.com,x", "csv");
    expect(Object.keys(row?.value ?? {})).toEqual(["email", "__proto__"]);
  });
});

describe("a JSON file", () => {
  const rows = [
    { row: 1, value: { email: "bob@example.com" } },
    { row: 2, value: { email: "carol@example.com" } },
  ];
  it.each([
    ["an array", '[{"email":"bob@example.com"},\n\n{"email":"carol@example.com"}]'],
    ["the users of an object", '{"realm":"x","users":[{"email":"bob@example.com"},{"email":"carol@example.com"}]}'],
    ["one object per line", '\ufeff{"email":"bob@example.com"}\r\n{"email":"carol@example.com"}\r\n'],
  ])("can be %s", (_, text) => expect(readRows(text, "json")).toEqual(rows));

  it("can be one object", () => expect(readRows('{"email":"bob@example.com"}', "json")).toEqual(rows.slice(0, 1)));

  it("numbers the rows of JSON Lines by their lines", () => {
    expect(readRows('{"email":"a"}\n\n{"email":"b"}', "json").map(({ row }) => row)).toEqual([1, 3]);
  });
});

describe("a file that can't be read", () => {
  it.each([
    ["no rows", "csv", "email,name\n", "This file contains no users."],
    ["no header", "csv", "bob,Bob\n", "must contain the column names, including email"],
    ["a column twice", "csv", "email,name,email\na,b,c", "contains the column email twice"],
    [
      "an open quote",
      "csv",
      'email,name\na@example.com,A\nb@example.com,"B\nc@example.com,C',
      "line 3 is never closed",
    ],
    ["a cell too many", "csv", "email,name\na@example.com,Doe, Jane", "Line 2 has 3 cells, but the first line names 2"],
    ["no JSON", "json", "[{]", "The file is not valid JSON"],
    ["half a line of JSON", "json", '{"email":"a"}\n{"email":', "Line 2 is not valid JSON."],
    ["no objects", "json", '["bob@example.com"]', "Entry 1 is not a JSON object."],
    ["an empty array", "json", "[]", "This file contains no users."],
  ] as const)("is rejected with %s", (_, format, text, sentence) => {
    expect(() => readRows(text, format)).toThrow(UnreadableFile);
    expect(() => readRows(text, format)).toThrow(sentence);
  });

  it("is rejected without a quote of its content", () => {
    const hash = "$2b$12$abcdefghijklmnopqrstuu";
    expect(() => readRows(`[{"password_hash": "${hash}" x]`, "json")).not.toThrow(hash);
  });

  it("is rejected if it isn't UTF-8", () => {
    expect(() => decodeFile(Uint8Array.from([0x65, 0xfc, 0x0a]))).toThrow("not encoded as UTF-8");
    expect(decodeFile(new TextEncoder().encode("Zoë"))).toBe("Zoë");
  });

  it("is rejected if it is too large or contains too many users", () => {
    expect(() => requireFileSize(MAX_FILE_BYTES)).not.toThrow();
    expect(() => requireFileSize(MAX_FILE_BYTES + 1)).toThrow("larger than 128 MiB");
    expect(() => readRows(`email\n${"a\n".repeat(500_001)}`, "csv")).toThrow("more than 500,000 users");
  });
});

describe("the format of a file", () => {
  it.each([
    ["users.csv", "{}", "csv"],
    ["USERS.JSON", "email", "json"],
    ["users.ndjson", "", "json"],
    ["-", ' \n{"email":1}', "json"],
    ["users.txt", "email,name", "csv"],
  ])("of %s that begins with %j is %s", (name, text, format) => expect(formatOf(name, text)).toBe(format));
});
