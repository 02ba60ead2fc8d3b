/** Where the parts of the reference are. */
import { GROUPS } from "@/app/_reference/list";
import type { DocLink } from "../pages";

export function groupHref(slug: string): string {
  return `/docs/api/${slug}`;
}

/** For the navigation of the documentation. */
export function apiLinks(): DocLink[] {
  const groups = GROUPS.map(({ slug, name }) => ({ href: groupHref(slug), label: name }));
  return [{ href: "/docs/api", label: "Overview" }, ...groups];
}
