// Frame of a documentation page: header, search, navigation.
import { Search } from "lucide-react";
import { LogoMark } from "@/app/_ui/logo";
import { SkipLink } from "@/app/_ui/skip-link";
import type { Theme } from "@/app/_ui/theme";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import packageFile from "@/package.json" with { type: "json" };
import { DocsNav } from "./docs-nav";
import { docSections } from "./pages";

interface ShellProps {
  /** The path of the page. */
  here: string;
  theme: Theme | null;
  /** The browser has a cookie of the dashboard. */
  signedIn: boolean;
  /** The article. Pages choose their own columns: prose is narrow, the reference takes the full width. */
  html: string;
}

export function DocsShell({ here, theme, signedIn, html }: ShellProps) {
  return (
    <>
      <SkipLink />
      <Header theme={theme} signedIn={signedIn} />
      <div className="mx-auto w-full max-w-[90rem] px-6 lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-12 lg:px-10">
        <DocsNav sections={docSections()} path={here} theme={theme} />
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 pt-8 pb-24 outline-none lg:pt-12"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: React rendered it before
          dangerouslySetInnerHTML={{ __html: html }}
        />
      </div>
    </>
  );
}

const linkClass = "-my-2.5 rounded-sm py-2.5 text-sm font-medium text-ink-muted hover:text-ink";

function Header({ theme, signedIn }: Pick<ShellProps, "theme" | "signedIn">) {
  return (
    <header data-signed-in={signedIn || undefined} className="sticky top-0 z-20 border-b border-line bg-surface-raised">
      <div className="mx-auto flex h-15 w-full max-w-[90rem] items-center gap-4 px-6 sm:gap-6 lg:px-10">
        <span className="flex items-center gap-2.5 text-lg">
          <a href="/" aria-label="Foyer, home" className="-m-2 flex items-center gap-2.5 rounded-sm p-2">
            <LogoMark className="size-7 text-accent" />
            <span className="font-semibold max-sm:hidden">Foyer</span>
          </a>
          <a href="/docs" className="-my-2 rounded-sm py-2 text-ink-muted hover:text-ink">
            Docs
          </a>
          <a
            href="/docs/changelog"
            className="rounded-sm border border-line px-1.5 text-xs text-ink-muted hover:text-ink max-md:hidden"
          >
            <span className="sr-only">Version </span>
            {packageFile.version}
          </a>
        </span>
        <SearchBox />
        <nav aria-label="Site" className="flex items-center gap-6">
          <a href="/docs/api" className={`${linkClass} max-md:hidden`}>
            API
          </a>
          <a href={signedIn ? "/dashboard" : "/login"} className={linkClass}>
            {signedIn ? "Dashboard" : "Sign in"}
          </a>
        </nav>
        <span data-theme-switch className="max-sm:hidden">
          <ThemeToggle theme={theme ?? undefined} />
        </span>
      </div>
    </header>
  );
}

/** A plain form. With the script, results appear below it while the reader types. */
function SearchBox() {
  return (
    <search className="relative ml-auto min-w-0 md:w-64">
      <form action="/docs/search" data-search>
        <label className="flex h-9 items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-ink-muted focus-within:outline-2 focus-within:outline-focus pointer-coarse:h-10">
          <Search aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
          <span className="sr-only">Search the docs</span>
          <input
            type="search"
            name="q"
            required
            maxLength={100}
            autoComplete="off"
            placeholder="Search"
            className="w-full min-w-0 bg-transparent text-sm text-ink outline-none placeholder:text-ink-muted max-sm:w-20"
          />
          <span aria-hidden="true" className="font-mono text-xs max-md:hidden pointer-coarse:hidden noscript:hidden">
            /
          </span>
        </label>
      </form>
      <section
        data-search-results
        hidden
        aria-label="Search results"
        className="absolute top-11 right-0 max-h-[70svh] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto rounded-lg border border-line bg-surface-raised p-2 shadow-md max-sm:fixed max-sm:inset-x-4 max-sm:top-16 max-sm:w-auto"
      />
      <span role="status" data-search-status className="sr-only" />
    </search>
  );
}
