"use client";

// A page of the dashboard threw; the frame around it still stands.
import { Button } from "@/app/_ui/button";
import type { ErrorPageProps } from "@/app/_ui/error-page";
import { Notice } from "./notice";

export default function DashboardError({ error, retry }: ErrorPageProps) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <Notice eyebrow="Error" title="This page could not be shown" action={<Button onClick={retry}>Try again</Button>}>
      <title>Error · Foyer</title>
      <p>Something broke on our side. Nothing of yours was changed by it.</p>
      {reference && (
        <p className="mt-3 text-sm">
          The server’s log has it under <code className="font-mono text-ink">{reference}</code>
        </p>
      )}
    </Notice>
  );
}
