/** The documentation pages in their order. Each is a Markdown file in docs/. */
import { lexer, type Tokens } from "marked";
import changelog from "@/CHANGELOG.md";
import accounts from "@/docs/accounts.md";
import addSignIn from "@/docs/add-sign-in.md";
import agentsAndMcp from "@/docs/agents-and-mcp.md";
import backend from "@/docs/backend.md";
import backups from "@/docs/backups.md";
import claims from "@/docs/claims.md";
import concepts from "@/docs/concepts.md";
import dashboard from "@/docs/dashboard.md";
import deviceLogin from "@/docs/device-login.md";
import dpop from "@/docs/dpop.md";
import errors from "@/docs/errors.md";
import fapi from "@/docs/fapi.md";
import goingToProduction from "@/docs/going-to-production.md";
import introduction from "@/docs/introduction.md";
import logout from "@/docs/logout.md";
import magicLinks from "@/docs/magic-links.md";
import passkeys from "@/docs/passkeys.md";
import provider from "@/docs/provider.md";
import resources from "@/docs/resources.md";
import rotatingKeys from "@/docs/rotating-keys.md";
import secondFactors from "@/docs/second-factors.md";
import security from "@/docs/security.md";
import selfHosting from "@/docs/self-hosting.md";
import social from "@/docs/social.md";
import tokenExchange from "@/docs/token-exchange.md";
import upgrading from "@/docs/upgrading.md";
import users from "@/docs/users.md";
import verifyingTokens from "@/docs/verifying-tokens.md";
import { env } from "@/lib/env";
import { apiLinks } from "./api/links";
import { insertTables } from "./generated";
import { plainText } from "./headings";
import { type DocLink, docHref } from "./hrefs";

export interface DocPage {
  slug: string;
  title: string;
  /** The first paragraph, without markup. */
  lead: string;
  /** Markdown. Its commands contain the URL of this server. */
  text: string;
}

/** The URL of a page as Markdown. */
export function markdownHref(slug: string): string {
  return `/docs/${slug}.md`;
}

export interface DocSection {
  title: string;
  links: DocLink[];
}

const SOURCES = {
  accounts,
  "add-sign-in": addSignIn,
  "agents-and-mcp": agentsAndMcp,
  backend,
  backups,
  changelog,
  claims,
  concepts,
  dashboard,
  "device-login": deviceLogin,
  dpop,
  errors,
  fapi,
  "going-to-production": goingToProduction,
  introduction,
  logout,
  "magic-links": magicLinks,
  passkeys,
  provider,
  resources,
  "rotating-keys": rotatingKeys,
  "second-factors": secondFactors,
  security,
  "self-hosting": selfHosting,
  social,
  "token-exchange": tokenExchange,
  upgrading,
  users,
  "verifying-tokens": verifyingTokens,
};

const OUTLINE: { title: string; entries: (keyof typeof SOURCES | DocLink)[] }[] = [
  { title: "Get started", entries: ["introduction", "add-sign-in", "concepts", "dashboard"] },
  {
    title: "Authenticate users",
    entries: ["backend", "magic-links", "social", "second-factors", "passkeys", "verifying-tokens"],
  },
  {
    title: "OAuth provider",
    entries: [
      "provider",
      "resources",
      "claims",
      "device-login",
      "agents-and-mcp",
      "token-exchange",
      "dpop",
      "logout",
      "fapi",
    ],
  },
  { title: "Manage users", entries: ["users", "accounts"] },
  {
    title: "Operate Foyer",
    entries: [
      "self-hosting",
      "going-to-production",
      "backups",
      "upgrading",
      "rotating-keys",
      "security",
      "errors",
      "changelog",
    ],
  },
  { title: "API reference", entries: apiLinks() },
];

/** The origin in the files' examples. It is replaced by the URL of this server. */
const EXAMPLE_ORIGIN = "http://localhost:8000";

const cache = new Map<string, DocPage>();

function read(slug: keyof typeof SOURCES): DocPage {
  const page = cache.get(slug) ?? buildPage(slug);
  cache.set(slug, page);
  return page;
}

function buildPage(slug: keyof typeof SOURCES): DocPage {
  const text = insertTables(SOURCES[slug]).replaceAll(EXAMPLE_ORIGIN, env().PUBLIC_URL);
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

/** The Markdown pages by section, in order. */
export function listDocSections(): { title: string; pages: DocPage[] }[] {
  const sections = OUTLINE.map(({ title, entries }) => ({
    title,
    pages: entries.filter((entry) => typeof entry === "string").map(read),
  }));
  return sections.filter(({ pages }) => pages.length > 0);
}

export function listDocPages(): DocPage[] {
  return listDocSections().flatMap(({ pages }) => pages);
}
