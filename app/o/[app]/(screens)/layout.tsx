// Layout of the hosted pages: the App's brand color and the footer.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LogoMark } from "@/app/_ui/logo";
import { findApp } from "@/lib/apps/apps";
import { brandStyle } from "./brand";

export const metadata: Metadata = { robots: { index: false, follow: false } };

type LayoutProps = { children: ReactNode; params: Promise<{ app: string }> };

export default async function ScreensLayout({ children, params }: LayoutProps) {
  const app = await findApp((await params).app);
  return (
    <div
      style={brandStyle(app?.settings.branding.color ?? null)}
      className="flex min-h-svh flex-col overflow-x-clip bg-surface"
    >
      {children}
      <footer className="flex items-center justify-center gap-1.5 px-6 pt-10 pb-6 text-xs text-ink-muted">
        Secured by <LogoMark className="ml-0.5 size-3.5" /> <span className="font-medium">Foyer</span>
      </footer>
    </div>
  );
}
