/** Search over the documentation and the API reference: one entry for each section and endpoint. */
import { Lexer, lexer, type Token, type Tokens } from "marked";
import MiniSearch from "minisearch";
import { groupHref } from "../api/links";
import { readReference } from "../api/reference";
import { headingId, plainText } from "../headings";
import { docHref } from "../hrefs";
import { listDocSections } from "../pages";

export interface DocHit {
  /** The heading, or the title of the page. */
  title: string;
  /** Where it is: "Sessions" or "API reference". */
  page: string;
  href: string;
  /** The part of the text that contains the words. */
  excerpt: string;
  /** The words as the text has them, to mark them. */
  words: string[];
}

interface Entry {
  id: string;
  title: string;
  page: string;
  text: string;
  /** It is found, but not shown as an excerpt. */
  code: string;
}

const EXCERPT_CHARACTERS = 140;

function textOf(token: Token): string {
  if (token.type === "table") {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((row) => row.map(({ tokens }) => plainText(tokens)).join(": ")).join(". ");
  }
  if (token.type === "list") return (token as Tokens.List).items.map(({ tokens }) => plainText(tokens)).join(" ");
  return "tokens" in token && token.tokens ? plainText(token.tokens) : "";
}

/** The sections of a page. Its own entry has the text above the first heading. */
function sectionsOf(slug: string, title: string, markdown: string): Entry[] {
  const page: Entry = { id: docHref(slug), title, page: "", text: "", code: "" };
  const entries = [page];
  for (const token of lexer(markdown)) {
    if (token.type === "heading" && token.depth > 1) {
      const heading = token as Tokens.Heading;
      const id = `${docHref(slug)}#${headingId(heading)}`;
      entries.push({ id, title: plainText(heading.tokens), page: title, text: "", code: "" });
      continue;
    }
    const entry = entries.at(-1) as Entry;
    if (token.type === "code") entry.code += `${(token as Tokens.Code).text} `;
    else if (token.type !== "heading") entry.text += `${textOf(token)} `;
  }
  return entries;
}

function endpointEntries(): Entry[] {
  return readReference().flatMap((group) =>
    group.endpoints.map(({ id, summary, method, path, description, body }) => ({
      id: `${groupHref(group.slug)}#${id}`,
      title: summary,
      page: `API · ${group.name}`,
      text: `${method} ${path} · ${plainText(Lexer.lexInline(description))}`,
      code:
        body?.fields
          .flat()
          .map(({ name }) => name)
          .join(" ") ?? "",
    })),
  );
}

let index: MiniSearch<Entry> | undefined;

function readIndex(): MiniSearch<Entry> {
  if (index) return index;
  index = new MiniSearch<Entry>({
    fields: ["title", "page", "text", "code"],
    storeFields: ["title", "page", "text"],
    searchOptions: {
      boost: { title: 6, page: 2, text: 1, code: 0.5 },
      prefix: true,
      // A typo in a longer word still finds it.
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: "AND",
      // A page comes before its sections.
      boostDocument: (id) => (String(id).includes("#") ? 1 : 1.5),
    },
  });
  const pages = listDocSections().flatMap((section) => section.pages);
  // The longest page of all would be found for everything.
  const listed = pages.filter(({ slug }) => slug !== "changelog");
  index.addAll([...listed.flatMap(({ slug, title, text }) => sectionsOf(slug, title, text)), ...endpointEntries()]);
  return index;
}

function excerptOf(text: string, words: string[]): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const places = words.map((word) => flat.toLowerCase().indexOf(word)).filter((place) => place >= 0);
  const first = Math.min(...places, flat.length);
  const from = first < EXCERPT_CHARACTERS - 40 || first === flat.length ? 0 : flat.indexOf(" ", first - 50) + 1;
  const rest = flat.slice(from);
  const end = rest.length > EXCERPT_CHARACTERS ? rest.lastIndexOf(" ", EXCERPT_CHARACTERS) : rest.length;
  return `${from > 0 ? "… " : ""}${rest.slice(0, end)}${end < rest.length ? " …" : ""}`;
}

/** The best hits first. Every word must be in the section; `orAny`: if none has all of them, any word counts. */
export function searchDocs(q: string, { most = 20, orAny = false } = {}): DocHit[] {
  const sent = q.trim().slice(0, 100);
  if (!sent) return [];
  const all = readIndex().search(sent);
  const found = all.length > 0 || !orAny ? all : readIndex().search(sent, { combineWith: "OR" });
  return found.slice(0, most).map(({ id, terms, title, page, text }) => ({
    title,
    page: page || "Documentation",
    href: id,
    excerpt: excerptOf(text, terms),
    words: terms,
  }));
}
