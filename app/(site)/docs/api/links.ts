/** Addresses of the API reference pages. */
import { GROUPS } from "@/app/_reference/reference";
import type { DocLink } from "../hrefs";

export function groupHref(slug: string): string {
  return `/docs/api/${slug}`;
}

/** The links for the navigation. */
export function apiLinks(): DocLink[] {
  const groups = GROUPS.map(({ slug, name }) => ({ href: groupHref(slug), label: name }));
  return [{ href: "/docs/api", label: "Overview" }, ...groups];
}
