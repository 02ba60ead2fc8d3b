// URL that starts a sign-in, for a link on the app's pages.
import { CopyButton } from "@/app/_ui/copy-button";
import type { App } from "@/lib/apps/apps";
import { env } from "@/lib/env";
import type { ShownConnection } from "./connection-fields";

export function StartLink({ app, connection }: { app: App; connection: ShownConnection }) {
  const [returnUrl] = [...connection.redirect_uris, ...app.settings.return_urls];
  if (!returnUrl)
    return <p className="text-sm text-ink-muted">Add a return URL first. The hosted sign-in page doesn’t need one.</p>;
  const query = new URLSearchParams({ redirect_uri: returnUrl, state: "xyz" });
  const url = `${env().PUBLIC_URL}/api/auth/${connection.connection}/${app.id}?${query}`;
  return (
    <div className="flex items-start justify-between gap-2 rounded-md border border-line bg-surface-sunken py-0.5 pr-1 pl-3">
      <code className="min-w-0 py-2 font-mono text-xs break-all">{url}</code>
      <CopyButton text={url} what="Sign-in URL" compact />
    </div>
  );
}
