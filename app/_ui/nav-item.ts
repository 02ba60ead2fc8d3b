/** A link of which it is known whether it is the present place. */
import type { ReactNode } from "react";

export type NavItem = {
  href: string;
  label: string;
  icon?: ReactNode;
  /** Only this very page, none below it. */
  exact?: boolean;
  /** Other places that belong to it. */
  under?: string[];
};

/** What `aria-current` says of the item while `path` is shown: this very page, or one of its own. */
export function currentState({ href, exact, under = [] }: NavItem, path: string): "page" | "true" | undefined {
  const here = path.replace(/\/$/, "");
  if (here === href) return "page";
  const within = exact ? under : [href, ...under];
  return within.some((place) => here === place || here.startsWith(`${place}/`)) ? "true" : undefined;
}
