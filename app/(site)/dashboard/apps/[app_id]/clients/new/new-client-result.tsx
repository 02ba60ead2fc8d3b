// A new client: its secret, shown once, and code snippets.
import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { CopyLine } from "@/app/_ui/copy-line";
import { NewSecret } from "@/app/_ui/new-secret";
import { PageHeader } from "@/app/_ui/page-header";
import type { Snippet } from "../snippets/snippet";

export interface NewClient {
  clientId: string;
  /** null for a public client. */
  clientSecret: string | null;
  snippets: Snippet[];
}

export function NewClientResult({ client, issuer, path }: { client: NewClient; issuer: string; path: string }) {
  return (
    <>
      <PageHeader title="Application created" />
      <div className="grid gap-8">
        {client.clientSecret && (
          <NewSecret name="client secret" secret={client.clientSecret}>
            <p>
              Store it in the application’s backend, never in a browser, a mobile application or a repository. If you
              lose it, create another one.
            </p>
          </NewSecret>
        )}
        <dl className="grid gap-4 rounded-lg border border-line bg-surface-raised p-6 shadow-sm">
          <CopyLine label="Client ID" value={client.clientId} />
          <CopyLine label="Issuer" value={issuer} />
        </dl>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">Get started</h2>
          <p className="text-sm text-ink-muted">Client libraries discover all other settings from the issuer.</p>
          <CodeTabs title="Connect" tabs={client.snippets} />
        </section>
        <div>
          <ButtonLink href={path} prefetch={false}>
            Open application
            <ArrowRight aria-hidden="true" className="size-4" />
          </ButtonLink>
        </div>
      </div>
    </>
  );
}
