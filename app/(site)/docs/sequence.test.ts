/** Diagrams: the parser, and that each diagram of the documentation is complete. */
import { lexer, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { listDocPages } from "./pages";
import { parseSequence } from "./sequence";

const diagrams = listDocPages().flatMap(({ slug, text }) =>
  lexer(text)
    .filter((token): token is Tokens.Code => token.type === "code" && Boolean(token.lang?.startsWith("mermaid")))
    .map((token) => [slug, token.text] as const),
);

it("are on the pages of the five workflows", () => {
  const pages = diagrams.map(([slug]) => slug).sort();
  expect(pages).toEqual(["agents-and-mcp", "backend", "device-login", "provider", "token-exchange"]);
});

describe.each(diagrams)("the diagram of %s", (_slug, source) => {
  it("has texts that fit between two lifelines, and uses every participant", () => {
    const { participants, messages } = parseSequence(source);
    expect(messages.length).toBeGreaterThan(4);
    for (const { text } of messages) expect(text.length, text).toBeLessThanOrEqual(27);
    for (const { id } of participants)
      expect(
        messages.some(({ from, to }) => from === id || to === id),
        id,
      ).toBe(true);
  });
});

it.each([
  ["graph TD", "Not a sequence diagram"],
  ["sequenceDiagram\n  participant A\n  A->>B: hello", "no participant B"],
  ["sequenceDiagram\n  loop forever", "unknown line"],
])("rejects %j", (source, message) => expect(() => parseSequence(source)).toThrow(message));
