import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sectionLink } from "./section-link";

it.each([
  ["RFC 6749 §4.1.2.1", "https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1"],
  ["OIDC Core §3.1.2.1", "https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.3.1.2.1"],
  ["RP-Initiated Logout §3", "https://openid.net/specs/openid-connect-rpinitiated-1_0.html#rfc.section.3"],
  ["The Bible §1", null],
  ["RFC 6749 §4/../../x", null],
])("links %s to %s", (section, url) => {
  expect(sectionLink(section)).toBe(url);
});

it("links every section that lib cites in an error", () => {
  const files = readdirSync(join(process.cwd(), "lib"), { recursive: true, withFileTypes: true })
    .filter((entry) => /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  const sections = files.flatMap((text) =>
    [...text.matchAll(/(?:section:|SECTION =)\s*"([^"]+)"/g)].map(([, name]) => name ?? ""),
  );
  expect(sections.length).toBeGreaterThan(20);
  expect(sections.filter((section) => !sectionLink(section))).toEqual([]);
});
