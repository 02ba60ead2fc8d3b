// Header of the public pages.
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "./logo";

/** `children`: links on the right. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="mx-auto flex w-full max-w-7xl items-center justify-between gap-6 px-6 py-6 lg:px-10">
      <Link href="/" prefetch={false} aria-label="Foyer, home" className="-m-1.5 rounded-sm p-1.5">
        <Logo />
      </Link>
      {children && (
        <nav aria-label="Site" className="flex gap-6">
          {children}
        </nav>
      )}
    </header>
  );
}
