// Frame of the dashboard. It doesn't check the session: each page and each action does.
import { LayoutGrid, LogOut, UserRound } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { findDeveloper } from "@/app/_server/dashboard-session";
import type { Developer } from "@/app/_server/developer";
import { readTheme } from "@/app/_server/theme";
import { AccountMenu } from "@/app/_ui/account-menu";
import { Form } from "@/app/_ui/form";
import { LogoMark } from "@/app/_ui/logo";
import { Nav } from "@/app/_ui/nav";
import { SkipLink } from "@/app/_ui/skip-link";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { ToastProvider } from "@/app/_ui/toast";
import { signOutAction } from "./actions";

export const metadata: Metadata = { title: { default: "Dashboard", template: "%s · Foyer" } };

const navigation = [
  { href: "/dashboard", label: "Apps", exact: true, under: ["/dashboard/apps", "/dashboard/new"] },
  { href: "/dashboard/account", label: "Account" },
];

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const developer = await findDeveloper();
  return (
    <ToastProvider>
      <SkipLink />
      <div className="flex min-h-svh flex-col">
        <header className="border-b border-line bg-surface-raised">
          <div className="mx-auto flex w-full max-w-7xl items-center gap-4 px-6 sm:gap-8">
            <Link
              href="/dashboard"
              prefetch={false}
              aria-label="Foyer, your apps"
              className="-m-2 shrink-0 rounded-sm p-2"
            >
              <span className="flex items-center gap-2.5">
                <LogoMark className="size-7 text-accent" />
                <span className="text-lg font-semibold max-sm:hidden">Foyer</span>
              </span>
            </Link>
            <div className="h-15 min-w-0">
              <Nav label="Dashboard" items={navigation} />
            </div>
            <div className="ml-auto">{developer && <Menu developer={developer} />}</div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-7xl flex-1 px-6 pt-8 pb-20 outline-none">
          {children}
        </main>
      </div>
    </ToastProvider>
  );
}

const menuItemClass =
  "flex h-9 w-full cursor-pointer pointer-coarse:h-11 items-center justify-start gap-2.5 rounded-sm px-3 text-sm text-ink hover:bg-surface-sunken";

async function Menu({ developer: { name, email } }: { developer: Developer }) {
  const shown = name ?? email ?? "You";
  return (
    <AccountMenu label={shown}>
      <div className="border-b border-line px-3 pt-1.5 pb-3">
        <p dir="auto" className="line-clamp-2 text-sm font-medium break-words">
          {shown}
        </p>
        {name && email && <p className="truncate text-sm text-ink-muted">{email}</p>}
      </div>
      <div className="flex items-center justify-between gap-4 border-b border-line px-3 py-2 text-sm noscript:hidden">
        <span aria-hidden="true">Theme</span>
        <ThemeToggle theme={await readTheme()} />
      </div>
      <div className="pt-2">
        <Link href="/dashboard" prefetch={false} className={menuItemClass}>
          <LayoutGrid aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
          Your apps
        </Link>
        <Link href="/dashboard/account" prefetch={false} className={menuItemClass}>
          <UserRound aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
          Account
        </Link>
        <Form action={signOutAction} className="contents">
          <button type="submit" className={menuItemClass}>
            <LogOut aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
            Sign out
          </button>
        </Form>
      </div>
    </AccountMenu>
  );
}
