// In place of a page whose interaction is over.
import { textLinkClass } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { IsolatedText } from "./isolated-text";
import { PageCard } from "./page-card";

export function ExpiredPage({ app }: { app: App }) {
  return (
    <PageCard app={app} title="This sign-in has ended">
      <div className="grid gap-3 text-sm text-ink-muted">
        <p>It was answered already, took longer than an hour, or began in another browser. Nothing was changed.</p>
        <p>Go back to where you came from and start again.</p>
        <p>
          Or {/* A handler answers there, so this is no link within the pages. */}
          <a href={`/o/${app.id}/account/start`} className={textLinkClass}>
            go to your account
          </a>{" "}
          at <IsolatedText className="text-ink">{app.name}</IsolatedText>.
        </p>
      </div>
    </PageCard>
  );
}
