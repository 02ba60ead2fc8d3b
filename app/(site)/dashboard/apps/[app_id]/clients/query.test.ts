import { expect, it } from "vitest";
import { readClientSearch } from "./query";

it.each([
  [
    { cursor: "1764567890123.cli_a_b", q: "x" },
    { cursor: "1764567890123.cli_a_b", q: "x" },
  ],
  [{ cursor: "1764567890123.https://agent.example/c.json", source: "cimd" }, { source: "cimd" }],
  // A link of an earlier version.
  [{ cursor: "cli_a_b" }, {}],
  [{ cursor: "1764567890123.", source: "toString" }, {}],
])("reads the search %j of the list of applications, without invalid parameters", (sent, expected) => {
  const read = readClientSearch(sent);
  expect(read).toMatchObject(expected);
  expect("cursor" in read).toBe(sent.cursor.length > 15);
  expect(read.source).toBe((expected as { source?: string }).source);
});
