import { describe, expect, it } from "vitest";
import { decodeFile, formatOf, MAX_FILE_BYTES, readRows, requireFileSize, UnreadableFile } from "./file";

describe("a CSV file", () => {
  it("becomes a row per line, with the line it stands in", () => {
    expect(
      readRows('\ufeffemail, name\r\n\r\nbob@example.com,"Bob\nthe Builder"\r\ncarol@example.com,\r\n,\r\n', "csv"),
    ).toEqual([
      { row: 3, value: { email: "bob@example.com", name: "Bob\nthe Builder" } },
      { row: 5, value: { email: "carol@example.com", name: "" } },
    ]);
  });

  it.each([";", "\t"])("may be separated by %j", (separator) => {
    const lines = [`E-Mail${separator}name`, `bob@example.com${separator}Bob, the Builder`];
    expect(readRows(lines.join("\n"), "csv")).toEqual([
      { row: 2, value: { "E-Mail": "bob@example.com", name: "Bob, the Builder" } },
    ]);
  });

  it("keeps a column called __proto__ a column", () => {
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
  ])("may be %s", (_, text) => expect(readRows(text, "json")).toEqual(rows));

  it("may be one object", () => expect(readRows('{"email":"bob@example.com"}', "json")).toEqual(rows.slice(0, 1)));

  it("of objects by line counts the lines", () => {
    expect(readRows('{"email":"a"}\n\n{"email":"b"}', "json").map(({ row }) => row)).toEqual([1, 3]);
  });
});

describe("a file is refused as a whole", () => {
  it.each([
    ["nothing in it", "csv", "email,name\n", "There is no user in this file."],
    ["no header", "csv", "bob,Bob\n", "one of them must be email"],
    ["a column twice", "csv", "email,name,email\na,b,c", "names the column email twice"],
    [
      "an open quote",
      "csv",
      'email,name\na@example.com,A\nb@example.com,"B\nc@example.com,C',
      "line 3 is never closed",
    ],
    ["a cell too many", "csv", "email,name\na@example.com,Doe, Jane", "Line 2 has 3 cells, and the first line names 2"],
    ["no JSON", "json", "[{]", "The file is not valid JSON"],
    ["half a line of JSON", "json", '{"email":"a"}\n{"email":', "Line 2 is not valid JSON."],
    ["no objects", "json", '["bob@example.com"]', "Entry 1 is not a JSON object."],
    ["an empty array", "json", "[]", "There is no user in this file."],
  ] as const)("with %s", (_, format, text, sentence) => {
    expect(() => readRows(text, format)).toThrow(UnreadableFile);
    expect(() => readRows(text, format)).toThrow(sentence);
  });

  it("and says nothing of what was in it", () => {
    const hash = "$2b$12$abcdefghijklmnopqrstuu";
    expect(() => readRows(`[{"password_hash": "${hash}" x]`, "json")).not.toThrow(hash);
  });

  it("when it is not UTF-8", () => {
    expect(() => decodeFile(Uint8Array.from([0x65, 0xfc, 0x0a]))).toThrow("not encoded as UTF-8");
    expect(decodeFile(new TextEncoder().encode("Zoë"))).toBe("Zoë");
  });

  it("when it is too large, or holds too many", () => {
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
  ])("of %s beginning %j is %s", (name, text, format) => expect(formatOf(name, text)).toBe(format));
});
