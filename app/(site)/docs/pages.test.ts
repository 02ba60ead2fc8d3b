/** Checks the documentation against the code: pages, links, environment variables, error codes. */
import { readdirSync, readFileSync } from "node:fs";
import { lexer, type Token, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { parseEnv, VARIABLES } from "@/lib/env";
import { ERRORS, OAUTH_ERRORS } from "@/lib/http/openapi/errors";
import { insertTables } from "./generated";
import { listHeadings, plainText } from "./headings";
import { docHref } from "./hrefs";
import { type DocPage, docSections, findDocPage, listDocPages } from "./pages";

const pages = listDocPages();
const files = readdirSync("docs").filter((name) => name.endsWith(".md"));

function* tokensOf(tokens: Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    const inside = token as Partial<Pick<Tokens.List, "items"> & Pick<Tokens.Table, "header" | "rows">>;
    if ("tokens" in token) yield* tokensOf(token.tokens ?? []);
    yield* tokensOf(inside.items ?? []);
    for (const cell of [...(inside.header ?? []), ...(inside.rows ?? []).flat()]) yield* tokensOf(cell.tokens);
  }
}

const everywhere = pages.flatMap((page) => [...tokensOf(lexer(page.text))].map((token) => ({ page, token })));

function rowsUnder(page: DocPage | null, heading: string): string[][] {
  const tokens = lexer(page?.text ?? "");
  const at = tokens.findIndex((token) => token.type === "heading" && plainText(token.tokens ?? []) === heading);
  const table = tokens.slice(at).find((token): token is Tokens.Table => token.type === "table");
  return (table?.rows ?? []).map((row) => row.map((cell) => plainText(cell.tokens)));
}

describe("a documentation page", () => {
  it("exists for every file in docs/, and for the changelog", () =>
    expect(pages.map(({ slug }) => `${slug}.md`).sort()).toEqual([...files, "changelog.md"].sort()));

  it("begins with a unique title and a sentence", () => {
    for (const { slug, title, lead } of pages) {
      expect(title, slug).toMatch(/\S/);
      expect(lead, slug).toMatch(/\.$/);
    }
    expect(new Set(pages.map(({ title }) => title)).size).toBe(pages.length);
  });

  it("has a language and a unique title on every code block", () => {
    const fences = everywhere.filter(({ token }) => token.type === "code");
    expect(fences.length).toBeGreaterThan(60);
    for (const { page, token } of fences)
      expect((token as Tokens.Code).lang, page.slug).toMatch(/^(sh|js|ts|json|html|text|mermaid|python|go|java) \S/);
    // Titles name regions of the page, so they must be unique.
    const names = fences.map(({ page, token }) => `${page.slug}: ${(token as Tokens.Code).lang}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("shows the example files unchanged", () => {
    const files = everywhere.flatMap(({ token }) => {
      if (token.type !== "code") return [];
      const [, file = ""] = ((token as Tokens.Code).lang ?? "").split(" ");
      return file.startsWith("examples/") ? [{ file, text: (token as Tokens.Code).text }] : [];
    });
    expect(files.length).toBeGreaterThan(4);
    for (const { file, text } of files) expect(readFileSync(file, "utf8").trim(), file).toBe(text.trim());
  });

  it("links only to existing pages and headings", () => {
    const hrefs = everywhere.flatMap(({ page, token }) =>
      token.type === "link" ? [{ from: page, href: (token as Tokens.Link).href }] : [],
    );
    const inside = hrefs.filter(({ href }) => !/^(https?:|\/)/.test(href));
    expect(inside.length).toBeGreaterThan(40);
    for (const { from, href } of inside) {
      const [file = "", anchor] = href.split("#");
      const to = file === "" ? from : findDocPage(file.replace(/\.md$/, ""));
      expect(to, `${from.slug}: ${href}`).not.toBeNull();
      if (anchor)
        expect(
          listHeadings(to?.text ?? "").map(({ id }) => id),
          `${from.slug}: ${href}`,
        ).toContain(anchor);
    }
  });

  it("is in the navigation", () => {
    const listed = docSections().flatMap(({ links }) => links.map(({ href }) => href));
    expect(listed).toEqual(expect.arrayContaining(pages.map(({ slug }) => docHref(slug))));
    expect(new Set(listed).size).toBe(listed.length);
  });
});

describe("the environment variables", () => {
  const rows = rowsUnder(findDocPage("self-hosting"), "Environment");
  const example = readFileSync(".env.example", "utf8");
  const documented = VARIABLES.filter((name) => !name.endsWith("NODE_ENV")).sort();

  it("are all in the documentation and in .env.example", () => {
    expect(rows.map(([name]) => name).sort()).toEqual(documented);
    expect([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name).sort()).toEqual(documented);
  });

  it("have the documented defaults", () => {
    const defaults = parseEnv({}) as unknown as Record<string, unknown>;
    const literal = rows.filter(([, fallback]) => /^(\d+|info)$/.test(fallback ?? ""));
    expect(literal.length).toBeGreaterThan(5);
    for (const [name = "", fallback] of literal) {
      expect(String(defaults[name]), name).toBe(fallback);
      expect(example, name).toContain(`\n${name}=${fallback}\n`);
    }
  });
});

describe("the generated tables", () => {
  const codes = (errors: Record<string, { status: number; code?: string }>) =>
    Object.entries(errors).map(([name, { code = name }]) => code);

  it("have every error code", () => {
    const page = findDocPage("errors");
    expect(
      rowsUnder(page, "API error codes")
        .map(([code]) => code)
        .sort(),
    ).toEqual(codes(ERRORS).sort());
    expect(
      rowsUnder(page, "OAuth error codes")
        .map(([code]) => code)
        .sort(),
    ).toEqual(codes(OAUTH_ERRORS).sort());
  });

  it("reject an unknown name", () => expect(() => insertTables("<!-- something else -->")).toThrow("something else"));
});
