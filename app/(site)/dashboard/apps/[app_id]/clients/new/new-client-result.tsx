// The new client: its secret for the only time, and what its developers begin with.
import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { CopyLine } from "@/app/_ui/copy-line";
import { NewSecret } from "@/app/_ui/new-secret";
import { PageHeader } from "@/app/_ui/page-header";
import type { Snippet } from "../snippets";

export interface NewClient {
  clientId: string;
  /** null: it has none. */
  clientSecret: string | null;
  snippets: Snippet[];
}

export function NewClientResult({ client, issuer, path }: { client: NewClient; issuer: string; path: string }) {
  return (
    <>
      <PageHeader title="The client is ready" />
      <div className="grid gap-8">
        {client.clientSecret && (
          <NewSecret name="client secret" secret={client.clientSecret}>
            <p>
              It goes to the client’s backend, and never into a browser, an app or a repository. If it is lost, make
              another.
            </p>
          </NewSecret>
        )}
        <dl className="grid gap-4 rounded-lg border border-line bg-surface-raised p-6 shadow-sm">
          <CopyLine label="Client id" value={client.clientId} />
          <CopyLine label="Issuer" value={issuer} />
        </dl>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">Begin</h2>
          <p className="text-sm text-ink-muted">A client library finds everything else by discovery.</p>
          <CodeTabs title="Connect" tabs={client.snippets} />
        </section>
        <div>
          <ButtonLink href={path} prefetch={false}>
            Go to the client
            <ArrowRight aria-hidden="true" className="size-4" />
          </ButtonLink>
        </div>
      </div>
    </>
  );
}
