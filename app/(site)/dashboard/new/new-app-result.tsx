// The new App: its key for the only time, and the first request ready to be pasted.
import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { CodeBlock } from "@/app/_ui/code-block";
import { IdChip } from "@/app/_ui/id-chip";
import { NewSecret } from "@/app/_ui/new-secret";
import { PageHeader } from "@/app/_ui/page-header";
import type { NewApp } from "./actions";

export function NewAppResult({ app }: { app: NewApp }) {
  return (
    <>
      <PageHeader title="Your App is ready" description={<IdChip id={app.appId} what="App id" />} />
      <div className="grid gap-8">
        <NewSecret name="API key" secret={app.apiKey}>
          <p>
            Keep it where your backend keeps its secrets. Foyer stores only a fingerprint of it; if it is lost, revoke
            it and make another.
          </p>
        </NewSecret>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">Sign the first user up</h2>
          <p className="text-sm text-ink-muted">
            Paste this into a terminal. The answer holds a token of the new user.
          </p>
          <CodeBlock title="First sign-up" code={app.firstSignUp} />
        </section>
        <div>
          <ButtonLink href={`/dashboard/apps/${app.appId}`} prefetch={false}>
            Go to the App
            <ArrowRight aria-hidden="true" className="size-4" />
          </ButtonLink>
        </div>
      </div>
    </>
  );
}
