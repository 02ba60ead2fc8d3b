// A new app: its API key and its client's secret, shown once, and a curl command for the first sign-up.
import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { CodeBlock } from "@/app/_ui/code-block";
import { IdChip } from "@/app/_ui/id-chip";
import { NewSecret } from "@/app/_ui/new-secret";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import type { NewApp } from "./actions";

export function NewAppResult({ app }: { app: NewApp }) {
  return (
    <>
      <PageHeader title="Your app is ready" description={<IdChip id={app.appId} what="App ID" />} />
      <div className="grid gap-8">
        <NewSecret name="API key" secret={app.apiKey}>
          <p>
            Store it with your backend’s other secrets. Foyer keeps only a hash. If you lose the key, revoke it and
            create another one.
          </p>
        </NewSecret>
        <NewSecret name="Client secret" secret={app.clientSecret} takesFocus={false}>
          <p>
            The secret of <IdChip id={app.clientId} what="Client ID" />, the app’s default client, for sign-in with
            OAuth 2 or OpenID Connect. You need it when you connect a client library or another application. Before
            that,{" "}
            <TextLink href={`/dashboard/apps/${app.appId}/clients/${app.clientId}`}>
              add the client’s redirect URI
            </TextLink>
            .
          </p>
        </NewSecret>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">Sign up your first user</h2>
          <p className="text-sm text-ink-muted">
            Run this command in a terminal. The response contains an access token for the new user.
          </p>
          <CodeBlock title="First sign-up" code={app.firstSignUp} />
        </section>
        <div>
          <ButtonLink href={`/dashboard/apps/${app.appId}`} prefetch={false}>
            Open app
            <ArrowRight aria-hidden="true" className="size-4" />
          </ButtonLink>
        </div>
      </div>
    </>
  );
}
