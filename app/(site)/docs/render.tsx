/** Renders a documentation page to HTML. Articles are rendered once per process. */
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { cookieName } from "@/app/_server/dashboard-cookie";
import { themeOf } from "@/app/_ui/theme";
import { ReferenceGroupArticle } from "./api/group-article";
import { findReferenceGroup } from "./api/reference";
import { ReferenceArticle } from "./api/reference-article";
import { DocArticle } from "./article";
import { docHref } from "./hrefs";
import { findDocPage } from "./pages";
import { SearchArticle } from "./search/search-article";
import { DocsShell } from "./shell";

export interface RenderedPage {
  title: string;
  description: string | null;
  html: string;
}

interface DocsRequest {
  /** Below `/docs`: `["api", "users"]`. */
  path: string[];
  q: string;
  cookies: string | undefined;
}

interface Article {
  title: string;
  description?: string;
  element: () => ReactElement;
}

function findArticle([first, second, ...more]: string[]): Article | null {
  if (more.length > 0) return null;
  if (first === "api") {
    if (second === undefined) return { title: "API reference", element: () => <ReferenceArticle /> };
    const group = findReferenceGroup(second);
    return group && { title: `${group.name} · API`, element: () => <ReferenceGroupArticle group={group} /> };
  }
  if (second !== undefined) return null;
  const page = findDocPage(first ?? "introduction");
  return page && { title: page.title, description: page.lead, element: () => <DocArticle page={page} /> };
}

const rendered = new Map<string, RenderedPage>();

function renderArticle(path: string[]): RenderedPage | null {
  const key = path.join("/");
  const known = rendered.get(key);
  if (known) return known;
  const article = findArticle(path);
  if (!article) return null;
  const { title, description = null, element } = article;
  const page = { title: titled(title), description, html: renderToStaticMarkup(element()) };
  rendered.set(key, page);
  return page;
}

const titled = (title: string) => `${title} · Foyer docs`;

function renderSearch(q: string): RenderedPage {
  const title = titled(q ? `Search: ${q}` : "Search");
  return { title, description: null, html: renderToStaticMarkup(<SearchArticle q={q} />) };
}

/** null: there is no such page. */
export function renderDocs({ path, q, cookies }: DocsRequest): RenderedPage | null {
  const page = path.join("/") === "search" ? renderSearch(q) : renderArticle(path);
  if (!page) return null;
  const here = path.length === 1 ? docHref(path[0] ?? "") : `/docs${path.map((part) => `/${part}`).join("")}`;
  // Whether the session is still active, the dashboard decides.
  const signedIn = cookies?.includes(`${cookieName()}=`) ?? false;
  const shell = <DocsShell here={here} theme={themeOf(cookies)} signedIn={signedIn} html={page.html} />;
  return { ...page, html: renderToStaticMarkup(shell) };
}
