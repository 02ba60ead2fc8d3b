// Layout of the documentation: header and navigation.
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { readTheme } from "@/app/_server/theme";
import { LogoMark } from "@/app/_ui/logo";
import { SkipLink } from "@/app/_ui/skip-link";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { DocsNav } from "./docs-nav";
import { docSections } from "./pages";

export const metadata: Metadata = { title: { default: "Docs", template: "%s · Foyer docs" } };

/** Pages choose their own columns: `<DocArticle>` for prose, the full width for the reference. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  const sections = docSections();
  return (
    <>
      <SkipLink />
      <DocsHeader />
      <div className="mx-auto w-full max-w-[90rem] px-6 lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-12 lg:px-10">
        <DocsNav sections={sections} />
        <main id="content" tabIndex={-1} className="min-w-0 pt-8 pb-24 outline-none lg:pt-12">
          {children}
        </main>
      </div>
    </>
  );
}

const linkClass = "-my-2.5 rounded-sm py-2.5 text-sm font-medium text-ink-muted hover:text-ink";

async function DocsHeader() {
  const developer = await findDeveloper();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface-raised">
      <div className="mx-auto flex h-15 w-full max-w-[90rem] items-center gap-6 px-6 lg:px-10">
        <span className="flex items-center gap-2.5 text-lg">
          <Link
            href="/"
            prefetch={false}
            aria-label="Foyer, home"
            className="-m-2 flex items-center gap-2.5 rounded-sm p-2"
          >
            <LogoMark className="size-7 text-accent" />
            <span className="font-semibold max-sm:hidden">Foyer</span>
          </Link>
          <Link href="/docs" prefetch={false} className="-my-2 rounded-sm py-2 text-ink-muted hover:text-ink">
            Docs
          </Link>
        </span>
        <nav aria-label="Site" className="ml-auto flex items-center gap-6">
          <Link href="/docs/api" prefetch={false} className={`${linkClass} max-sm:hidden`}>
            API
          </Link>
          <Link href={developer ? "/dashboard" : "/login"} prefetch={false} className={linkClass}>
            {developer ? "Dashboard" : "Sign in"}
          </Link>
        </nav>
        <ThemeToggle theme={await readTheme()} />
      </div>
    </header>
  );
}
