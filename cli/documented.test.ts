/** Checks every CLI command in the README and the documentation against the parser. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { loadCommands } from "./commands/list";
import { parseCommand } from "./parse";

const COMMANDS = await loadCommands();

const documents = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Splits a line as a shell does: at spaces outside quotes, up to a comment. */
function words(line: string): string[] {
  const found = line.match(/#.*|(?:"[^"]*"|'[^']*'|[^\s"'#])+/g) ?? [];
  return found.filter((word) => !word.startsWith("#")).map((word) => word.replace(/["']/g, ""));
}

const documented = documents.flatMap((file) => {
  const text = readFileSync(file, "utf8").replaceAll(/\\\n\s*/g, "");
  return [...text.matchAll(/^(?:npm run -s foyer --|docker compose exec foyer node scripts\/foyer\.mjs) (.+)$/gm)].map(
    ([, line = ""]) => [file, line] as const,
  );
});

it("finds many documented commands", () => expect(documented.length).toBeGreaterThan(25));

it.each(documented)("%s documents an existing command: foyer %s", (_, line) =>
  expect(() => parseCommand(COMMANDS, words(line))).not.toThrow(),
);
