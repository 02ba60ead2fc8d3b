"use client";

// Page for an unexpected error: no details, but the reference under which the server logs it.
import { Button } from "./button";
import { MessagePage } from "./message-page";

/** The props that Next gives to error.tsx and global-error.tsx. */
export type ErrorPageProps = { error: unknown; retry: () => void };

export function ErrorPage({ error, retry }: ErrorPageProps) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <MessagePage eyebrow="Error" title="Something went wrong" action={<Button onClick={retry}>Try again</Button>}>
      <title>Error · Foyer</title>
      <p>Try again in a moment. If the error persists, contact the operator of this server.</p>
      {reference && (
        <p className="mt-4 text-sm">
          Error ID: <code className="font-mono text-ink">{reference}</code>
        </p>
      )}
    </MessagePage>
  );
}
