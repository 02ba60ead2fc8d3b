// Message in place of a page's content: a title, an explanation and one action.
import type { ReactNode } from "react";
import { ArchIllustration } from "./arch-illustration";

export type MessageProps = {
  /** A small line above the title, such as the status. */
  eyebrow: string;
  title: string;
  action: ReactNode;
  children: ReactNode;
};

export function Message({ eyebrow, title, action, children }: MessageProps) {
  return (
    <div className="flex w-full items-center justify-between gap-16">
      <div className="max-w-lg">
        <p className="font-mono text-sm text-ink-muted">{eyebrow}</p>
        <h1 className="mt-3 text-3xl font-medium">{title}</h1>
        <div className="mt-4 text-lg text-ink-muted">{children}</div>
        <div className="mt-8">{action}</div>
      </div>
      <ArchIllustration className="hidden w-full max-w-sm md:block" />
    </div>
  );
}
