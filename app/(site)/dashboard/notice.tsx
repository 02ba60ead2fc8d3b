// In place of a page: one thing to say, one way on.
import type { ReactNode } from "react";
import { ArchIllustration } from "@/app/_ui/arch-illustration";

type NoticeProps = { eyebrow: string; title: string; action: ReactNode; children: ReactNode };

export function Notice({ eyebrow, title, action, children }: NoticeProps) {
  return (
    <div className="flex items-center justify-between gap-16 py-10">
      <div className="max-w-lg">
        <p className="font-mono text-sm text-ink-muted">{eyebrow}</p>
        <h1 className="mt-3 text-3xl font-medium">{title}</h1>
        <div className="mt-4 text-lg text-ink-muted">{children}</div>
        <div className="mt-8">{action}</div>
      </div>
      <ArchIllustration className="hidden w-full max-w-72 md:block" />
    </div>
  );
}
