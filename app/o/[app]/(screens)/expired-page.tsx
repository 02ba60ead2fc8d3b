// Error page for an interaction that was completed, has expired, or belongs to another browser.
import { textLinkClass } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { IsolatedText } from "./isolated-text";
import { PageCard } from "./page-card";

/** `takes`: how long the page is valid. */
export function ExpiredPage({ app, takes = "an hour" }: { app: App; takes?: string }) {
  return (
    <PageCard app={app} title="This sign-in has expired">
      <div className="grid gap-3 text-sm text-ink-muted">
        <p>The sign-in was already completed, took longer than {takes}, or was started in another browser.</p>
        {app.id === TENANT_ZERO ? <DashboardLink /> : <AppLinks app={app} />}
      </div>
    </PageCard>
  );
}

function AppLinks({ app }: { app: App }) {
  return (
    <>
      <p>Go back to the app that you came from and try again.</p>
      <p>
        You can also {/* A route handler, not a page: Next's Link cannot navigate to it. */}
        <a href={`/o/${app.id}/account/start`} className={textLinkClass}>
          go to your account
        </a>{" "}
        at <IsolatedText className="text-ink">{app.name}</IsolatedText>.
      </p>
    </>
  );
}

function DashboardLink() {
  return (
    <p>
      <a href="/login" className={textLinkClass}>
        Sign in to the dashboard
      </a>
    </p>
  );
}
