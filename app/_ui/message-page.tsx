// A whole page that says one thing and offers one way on.
import type { ReactNode } from "react";
import { ArchIllustration } from "./arch-illustration";
import { SiteHeader } from "./site-header";

type MessagePageProps = {
  /** A small line above the title, such as the status. */
  eyebrow: string;
  title: string;
  action: ReactNode;
  children: ReactNode;
};

export function MessagePage({ eyebrow, title, action, children }: MessagePageProps) {
  return (
    <div className="flex min-h-svh flex-col">
      <SiteHeader />
      <main className="mx-auto flex w-full max-w-7xl flex-1 items-center justify-between gap-16 px-6 pb-24 lg:px-10">
        <div className="max-w-lg">
          <p className="font-mono text-sm text-ink-muted">{eyebrow}</p>
          <h1 className="mt-3 text-3xl font-medium">{title}</h1>
          <div className="mt-4 text-lg text-ink-muted">{children}</div>
          <div className="mt-8">{action}</div>
        </div>
        <ArchIllustration className="hidden w-full max-w-sm md:block" />
      </main>
    </div>
  );
}
