"use client";

// What people see when a page fails: no details, but a reference that the server's log knows.
import { Button } from "./button";
import { MessagePage } from "./message-page";

/** The props that Next gives to error.tsx and global-error.tsx. */
export type ErrorPageProps = { error: unknown; retry: () => void };

export function ErrorPage({ error, retry }: ErrorPageProps) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <MessagePage
      eyebrow="Error"
      title="Something broke on our side"
      action={<Button onClick={retry}>Try again</Button>}
    >
      <title>Error · Foyer</title>
      <p>Please try again in a moment. If it happens again, tell the operator of this server.</p>
      {reference && (
        <p className="mt-4 text-sm">
          The server’s log has it under <code className="font-mono text-ink">{reference}</code>
        </p>
      )}
    </MessagePage>
  );
}
