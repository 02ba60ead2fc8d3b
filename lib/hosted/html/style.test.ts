import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { TOKENS } from "./style";

it("the small pages have the very colours of the others", () => {
  const theme = readFileSync(join(process.cwd(), "app/globals.css"), "utf8");
  const declared = new Map([...theme.matchAll(/^ {2}(--[\w-]+): (.+);$/gm)].map(([, name, value]) => [name, value]));
  for (const [name, value] of Object.entries(TOKENS)) expect(declared.get(name), name).toBe(value);
});
