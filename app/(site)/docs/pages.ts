/** The pages of the documentation in their order, each from a Markdown file in docs/: its heading is its title, its first paragraph its lead. */
import { lexer, type Tokens } from "marked";
import accounts from "@/docs/accounts.md";
import backend from "@/docs/backend.md";
import concepts from "@/docs/concepts.md";
import dashboard from "@/docs/dashboard.md";
import introduction from "@/docs/introduction.md";
import magicLinks from "@/docs/magic-links.md";
import provider from "@/docs/provider.md";
import social from "@/docs/social.md";
import verifyingTokens from "@/docs/verifying-tokens.md";
import { env } from "@/lib/env";
import { apiLinks } from "./api/links";
import { plainText } from "./headings";
import { docHref } from "./hrefs";

export interface DocPage {
  slug: string;
  title: string;
  /** One or two sentences, without markup. */
  lead: string;
  /** Markdown, with this server's address in its commands. */
  text: string;
}

/** A line of the navigation: a page from here, or one that has a folder of its own. */
export interface DocLink {
  href: string;
  label: string;
}

export interface DocSection {
  title: string;
  links: DocLink[];
}

const SOURCES = {
  accounts,
  backend,
  concepts,
  dashboard,
  introduction,
  "magic-links": magicLinks,
  provider,
  social,
  "verifying-tokens": verifyingTokens,
};

const OUTLINE: { title: string; entries: (keyof typeof SOURCES | DocLink)[] }[] = [
  { title: "Start", entries: ["introduction", "concepts"] },
  { title: "Workflows", entries: ["dashboard", "backend", "provider", "social", "magic-links"] },
  { title: "Your code", entries: ["verifying-tokens", "accounts"] },
  { title: "API", entries: apiLinks() },
];

/** What the examples call, in the files; readers get the address of the server that shows them. */
const EXAMPLE_ORIGIN = "http://localhost:8000";

function read(slug: keyof typeof SOURCES): DocPage {
  const text = SOURCES[slug].replaceAll(EXAMPLE_ORIGIN, env().PUBLIC_URL);
  const [title, lead] = lexer(text).filter(({ type }) => type !== "space") as [Tokens.Heading, Tokens.Paragraph];
  return { slug, title: title.text, lead: plainText(lead.tokens).replaceAll("\n", " "), text };
}

export function findDocPage(slug: string): DocPage | null {
  return Object.hasOwn(SOURCES, slug) ? read(slug as keyof typeof SOURCES) : null;
}

export function docSections(): DocSection[] {
  return OUTLINE.map(({ title, entries }) => ({
    title,
    links: entries.map((entry) =>
      typeof entry === "string" ? { href: docHref(entry), label: read(entry).title } : entry,
    ),
  }));
}

/** Every page that is written in Markdown, in order. */
export function listDocPages(): DocPage[] {
  return OUTLINE.flatMap(({ entries }) => entries.flatMap((entry) => (typeof entry === "string" ? [read(entry)] : [])));
}
