"use client";

// New recovery codes, shown once: to download, to print, or to copy.
import { useEffect, useRef } from "react";
import { Button, ButtonLink, DownloadLink } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";

export function SavedCodes({ codes, file }: { codes: string[]; file: string }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label="New recovery codes"
      className="grid gap-4 rounded-md border border-warning bg-warning-soft p-4"
    >
      <p className="text-sm font-medium">
        Save these recovery codes now. They won’t be shown again, and each works once in place of your second factor.
      </p>
      <ul className="grid gap-x-8 gap-y-1.5 rounded-sm border border-line bg-surface-raised p-3 font-mono text-[0.8125rem] sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        <DownloadLink
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
          download="foyer-recovery-codes.txt"
          size="sm"
        >
          Download
        </DownloadLink>
        <Button variant="secondary" size="sm" onClick={() => window.print()} className="noscript:hidden">
          Print
        </Button>
        <CopyButton text={codes.join("\n")} what="recovery codes" />
        <ButtonLink href="/dashboard/account/security" size="sm" prefetch={false} className="ml-auto">
          I saved the codes
        </ButtonLink>
      </div>
    </section>
  );
}
