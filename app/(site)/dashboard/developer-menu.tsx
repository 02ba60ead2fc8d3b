// Menu of the signed-in developer: theme, account, help, version, sign-out.
import { BookOpen, CodeXml, HeartPulse, LayoutGrid, LogOut, type LucideIcon, UserRound } from "lucide-react";
import Link from "next/link";
import type { Developer } from "@/app/_server/developer";
import { readTheme } from "@/app/_server/theme";
import { AccountMenu } from "@/app/_ui/account-menu";
import { Form } from "@/app/_ui/form";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { version } from "@/package.json";
import { signOutAction } from "./actions";

const itemClass =
  "flex h-9 w-full cursor-pointer pointer-coarse:h-11 items-center justify-start gap-2.5 rounded-sm px-3 text-sm text-ink hover:bg-surface-sunken";

const PAGES: { href: string; label: string; Icon: LucideIcon; narrow?: boolean }[] = [
  { href: "/dashboard", label: "Your apps", Icon: LayoutGrid },
  { href: "/dashboard/account", label: "Account", Icon: UserRound },
  // In the header on wide screens.
  { href: "/docs", label: "Docs", Icon: BookOpen, narrow: true },
  { href: "/docs/api", label: "API reference", Icon: CodeXml, narrow: true },
  { href: "/status", label: "Server status", Icon: HeartPulse },
];

export async function DeveloperMenu({ developer: { name, email } }: { developer: Developer }) {
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
      <div className="py-2">
        {PAGES.map(({ href, label, Icon, narrow }) => (
          <Link key={href} href={href} prefetch={false} className={`${itemClass} ${narrow ? "lg:hidden" : ""}`}>
            <Icon aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
            {label}
          </Link>
        ))}
        <Form action={signOutAction} className="contents">
          <button type="submit" className={itemClass}>
            <LogOut aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
            Sign out
          </button>
        </Form>
      </div>
      <p className="border-t border-line px-3 pt-2.5 pb-1 text-xs text-ink-muted">
        Foyer {version} ·{" "}
        <a href="/docs/changelog" className="underline underline-offset-2 hover:text-ink">
          Changelog
        </a>
      </p>
    </AccountMenu>
  );
}
