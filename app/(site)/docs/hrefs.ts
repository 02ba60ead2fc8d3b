/** Addresses of the documentation pages. The Markdown files link to each other as files, so that their links work anywhere. */

/** A link in the navigation. */
export interface DocLink {
  href: string;
  label: string;
}

/** The page that `/docs` itself shows. */
const FIRST = "introduction";

export function docHref(slug: string): string {
  return slug === FIRST ? "/docs" : `/docs/${slug}`;
}

const FILE = /^([a-z-]+)\.md(#.+)?$/;

/** From the href in a file: `concepts.md#issuer` → `/docs/concepts#issuer`; anything else leads where it says. */
export function siteHref(href: string): string {
  const [, slug, anchor = ""] = FILE.exec(href) ?? [];
  return slug ? `${docHref(slug)}${anchor}` : href;
}
