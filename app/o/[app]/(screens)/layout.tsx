// Layout of the hosted pages: the App's brand color, the lock of submitted forms, and the footer.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { readNonce } from "@/app/_server/request";
import { LogoMark } from "@/app/_ui/logo";
import { findApp } from "@/lib/apps/apps";
import { FORM_LOCK } from "@/lib/hosted/html/form-lock";
import { brandStyle } from "./brand";

export const metadata: Metadata = { robots: { index: false, follow: false } };

type LayoutProps = { children: ReactNode; params: Promise<{ app: string }> };

export default async function ScreensLayout({ children, params }: LayoutProps) {
  const app = await findApp((await params).app);
  return (
    <div
      style={brandStyle(app?.settings.branding.color ?? null)}
      className="flex min-h-svh flex-col overflow-x-clip bg-surface [&_[aria-disabled=true]]:opacity-60"
    >
      {children}
      {/* Browsers hide the nonce from scripts, so React would see a difference. */}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant */}
      <script nonce={await readNonce()} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: FORM_LOCK }} />
      <footer className="flex items-center justify-center gap-1.5 px-6 pt-10 pb-6 text-xs text-ink-muted">
        Secured by <LogoMark className="ml-0.5 size-3.5" /> <span className="font-medium">Foyer</span>
      </footer>
    </div>
  );
}
