// Code block with a title and a copy button.
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

type CodeBlockProps = {
  code: string;
  /** Names the block: "Create app". */
  title: string;
  /** What it belongs to, for screen readers, where a page has several blocks with one title. */
  of?: string;
  /** Wraps long lines, for prose. */
  wraps?: boolean;
  /** The code with highlighting. */
  children?: ReactNode;
};

export function CodeBlock({ code, title, of, wraps = false, children }: CodeBlockProps) {
  const name = of ? `${title}: ${of}` : title;
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-surface-raised shadow-sm">
      <figcaption className="flex items-center justify-between gap-4 border-b border-line py-1 pr-1.5 pl-4 text-sm font-medium">
        <span className="min-w-0 wrap-anywhere">{title}</span>
        <CopyButton text={code} what={name} />
      </figcaption>
      <section
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto px-4 py-3 -outline-offset-2"
      >
        <pre className={`font-mono text-[0.8125rem]/[1.375rem] ${wraps ? "whitespace-pre-wrap wrap-anywhere" : ""}`}>
          <code>{children ?? code}</code>
        </pre>
      </section>
    </figure>
  );
}
