// The address that begins a sign-in, as a page of the App would link to it.
import { CopyButton } from "@/app/_ui/copy-button";
import type { App } from "@/lib/apps/apps";
import { env } from "@/lib/env";
import type { ShownConnection } from "./connection-fields";

export function StartLink({ app, connection }: { app: App; connection: ShownConnection }) {
  const [back] = [...connection.redirect_uris, ...app.settings.return_urls];
  if (!back)
    return (
      <p className="text-sm text-ink-muted">
        Add a return URL first. The hosted sign-in pages show their button without one.
      </p>
    );
  const query = new URLSearchParams({ redirect_uri: back, state: "xyz" });
  const address = `${env().PUBLIC_URL}/api/auth/${connection.connection}/${app.id}?${query}`;
  return (
    <div className="flex items-start justify-between gap-2 rounded-md border border-line bg-surface-sunken py-0.5 pr-1 pl-3">
      <code className="min-w-0 py-2 font-mono text-xs break-all">{address}</code>
      <CopyButton text={address} what="Address" compact />
    </div>
  );
}
