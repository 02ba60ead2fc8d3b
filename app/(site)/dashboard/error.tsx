"use client";

// Error page within the frame of the dashboard.
import { Button } from "@/app/_ui/button";
import type { ErrorPageProps } from "@/app/_ui/error-page";
import { Message } from "@/app/_ui/message";

export default function DashboardError({ error, retry }: ErrorPageProps) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <div className="py-10">
      <Message eyebrow="Error" title="Something went wrong" action={<Button onClick={retry}>Try again</Button>}>
        <title>Error · Foyer</title>
        <p>Try again in a moment. If the error persists, contact the operator of this server.</p>
        {reference && (
          <p className="mt-3 text-sm">
            Error ID: <code className="font-mono text-ink">{reference}</code>
          </p>
        )}
      </Message>
    </div>
  );
}
