// Frame of the dashboard. It doesn't check the session: each page and each action does.
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { LogoMark } from "@/app/_ui/logo";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { SkipLink } from "@/app/_ui/skip-link";
import { ToastProvider } from "@/app/_ui/toast";
import { listAppsOfDeveloper } from "@/lib/apps/members";
import { AppSwitcher } from "./app-switcher";
import { DeveloperMenu } from "./developer-menu";
import { SearchButton } from "./search-button";

export const metadata: Metadata = { title: { default: "Dashboard", template: "%s · Foyer" } };

const linkClass = "-my-2.5 rounded-sm py-2.5 text-sm text-ink-muted hover:text-ink max-lg:hidden";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const developer = await findDeveloper();
  const apps = developer ? await listAppsOfDeveloper(developer.userId) : [];
  return (
    <ToastProvider>
      <SkipLink />
      <ProgressBar />
      <div className="flex min-h-svh flex-col">
        <header className="border-b border-line bg-surface-raised">
          <div className="mx-auto flex h-15 w-full max-w-7xl items-center gap-2 px-6 sm:gap-3">
            <Link
              href="/dashboard"
              prefetch={false}
              aria-label="Foyer, your apps"
              className="-m-2 shrink-0 rounded-sm p-2"
            >
              <LogoMark className="size-7 text-accent" />
            </Link>
            {apps.length > 0 && (
              <>
                <span aria-hidden="true" className="text-line-strong max-sm:hidden">
                  /
                </span>
                <AppSwitcher apps={apps.map(({ id, name }) => ({ id, name }))} />
              </>
            )}
            <div className="ml-auto flex shrink-0 items-center gap-3 lg:gap-5">
              {developer && <SearchButton developerId={developer.userId} />}
              <a href="/docs" className={linkClass}>
                Docs
              </a>
              <a href="/docs/api" className={linkClass}>
                API reference
              </a>
              {developer && <DeveloperMenu developer={developer} />}
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-7xl flex-1 px-6 pt-7 pb-20 outline-none">
          {children}
        </main>
      </div>
    </ToastProvider>
  );
}
