/** Every command of the CLI that the README and the documentation tell to type is one, with flags that it has. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMMANDS } from "./commands/list";
import { parseCommand } from "./parse";

const papers = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** As a shell would cut a line: quotes hold together, a comment ends it. */
function words(line: string): string[] {
  const found = line.match(/#.*|(?:"[^"]*"|'[^']*'|[^\s"'#])+/g) ?? [];
  return found.filter((word) => !word.startsWith("#")).map((word) => word.replace(/["']/g, ""));
}

const typed = papers.flatMap((file) => {
  const text = readFileSync(file, "utf8").replaceAll(/\\\n\s*/g, "");
  return [...text.matchAll(/^(?:npm run -s foyer --|docker compose exec foyer node scripts\/foyer\.mjs) (.+)$/gm)].map(
    ([, line = ""]) => [file, line] as const,
  );
});

it("there are many", () => expect(typed.length).toBeGreaterThan(25));

it.each(typed)("%s: foyer %s", (_, line) => expect(() => parseCommand(COMMANDS, words(line))).not.toThrow());
