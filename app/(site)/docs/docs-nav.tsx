// Navigation of the documentation: a side column, or a collapsible list on a small screen.
import { ChevronDown } from "lucide-react";
import type { Theme } from "@/app/_ui/theme";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import type { DocSection } from "./pages";

interface PartProps {
  sections: DocSection[];
  /** The path of the page. */
  path: string;
}

interface NavProps extends PartProps {
  theme: Theme | null;
}

export function DocsNav({ sections, path, theme }: NavProps) {
  const here = sections.flatMap(({ links }) => links).find(({ href }) => href === path)?.label ?? "Docs";
  return (
    <>
      <details className="group -mx-6 border-b border-line px-6 lg:hidden">
        <summary className="flex cursor-pointer list-none items-center justify-between gap-4 py-3 text-sm font-medium -outline-offset-2 [&::-webkit-details-marker]:hidden">
          <span className="truncate">
            <span className="text-ink-muted">All pages: </span>
            {here}
          </span>
          <ChevronDown
            aria-hidden="true"
            className="size-4 shrink-0 text-ink-muted transition-transform group-open:rotate-180"
            strokeWidth={1.75}
          />
        </summary>
        <nav aria-label="All pages" className="grid gap-x-8 gap-y-6 pt-2 pb-6 sm:grid-cols-2">
          <Sections sections={sections} path={path} />
        </nav>
        <span data-theme-switch className="block pb-6 sm:hidden">
          <ThemeToggle theme={theme ?? undefined} />
        </span>
      </details>
      <nav
        aria-label="Documentation"
        className="sticky top-15 grid max-h-[calc(100svh-3.75rem)] content-start gap-8 self-start overflow-y-auto pt-12 pb-16 max-lg:hidden"
      >
        <Sections sections={sections} path={path} />
      </nav>
    </>
  );
}

function Sections({ sections, path }: PartProps) {
  return sections.map(({ title, links }) => (
    <div key={title}>
      <p className="text-xs font-medium text-ink-muted">{title}</p>
      <ul className="mt-2 border-l border-line">
        {links.map(({ href, label }) => (
          <li key={href}>
            <a
              href={href}
              aria-current={path === href ? "page" : undefined}
              className="-ml-px block border-l-2 border-transparent py-1 pl-3.5 pointer-coarse:py-2.5 text-sm text-ink-muted -outline-offset-2 transition-colors hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ));
}
