/** The wording of interface texts, errors, emails, docs and comments: words that CONTRIBUTING.md asks us to avoid. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const AVOIDED = /\b(whoever|somebody|nobody|anybody|lets? in|comes? in|e-mails?)\b/i;
/** Files that must contain the words: this one, column names of other products, the system user `nobody`. */
const EXCEPT = [
  "test/wording.test.ts",
  "CONTRIBUTING.md",
  "lib/users/import/names.ts",
  "lib/database/embedded/os-user.ts",
  "lib/users/import/file.test.ts",
  "lib/users/import/row.test.ts",
];

/** The files of the project, also those that are not committed yet. */
function textFiles(): string[] {
  const list = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" });
  return list.split("\n").filter((file) => /\.(tsx?|mts|mjs|md|prisma|css)$/.test(file) && !EXCEPT.includes(file));
}

describe("wording", () => {
  it.each(["Whoever has the key", "Send an e-mail", "a user who comes in", "nobody"])(
    "finds an avoided word: %s",
    (text) => expect(text).toMatch(AVOIDED),
  );

  it("avoids words that hide who does what, in every file of the project", () => {
    const files = textFiles();
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) =>
      readFileSync(join(ROOT, file), "utf8")
        .split("\n")
        .flatMap((line, index) => (AVOIDED.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});
