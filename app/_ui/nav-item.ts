/** Navigation link, and whether it leads to the current page. */
import type { ReactNode } from "react";

export type NavItem = {
  href: string;
  label: string;
  icon?: ReactNode;
  /** Matches this page only, not the pages below it. */
  exact?: boolean;
  /** Other paths that belong to it. */
  under?: string[];
};

/** The value of `aria-current`: "page" for the page itself, "true" for a page below it. */
export function currentState({ href, exact, under = [] }: NavItem, path: string): "page" | "true" | undefined {
  const current = path.replace(/\/$/, "");
  if (current === href) return "page";
  const parents = exact ? under : [href, ...under];
  return parents.some((parent) => current === parent || current.startsWith(`${parent}/`)) ? "true" : undefined;
}
