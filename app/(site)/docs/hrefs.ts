/** URLs of the documentation pages. The Markdown files link to each other's file names. */

/** A link in the navigation. */
export interface DocLink {
  href: string;
  label: string;
}

/** The page at `/docs`. */
const FIRST = "introduction";

export function docHref(slug: string): string {
  return slug === FIRST ? "/docs" : `/docs/${slug}`;
}

const FILE = /^([a-z-]+)\.md(#.+)?$/;

/** `concepts.md#issuer` → `/docs/concepts#issuer`. Any other href stays as it is. */
export function siteHref(href: string): string {
  const [, slug, anchor = ""] = FILE.exec(href) ?? [];
  return slug ? `${docHref(slug)}${anchor}` : href;
}
