/** Where pages are. In the files they link to each other as files, so that the links work wherever Markdown is read. */

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
