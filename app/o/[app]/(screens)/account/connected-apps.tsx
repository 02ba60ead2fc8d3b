// The OAuth clients that the user has allowed, with their scopes.

import { Avatar } from "@/app/_ui/avatar";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { App } from "@/lib/apps/apps";
import type { ConnectedApp } from "@/lib/oauth/consent";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { hostOf } from "../consent/redirect-target";
import { PostForm } from "../form";
import { IsolatedText, LtrText } from "../isolated-text";

type ConnectedAppsProps = { app: App; connected: ConnectedApp[]; scopes: Map<string, Scope> };

export function ConnectedApps({ app, connected, scopes }: ConnectedAppsProps) {
  if (connected.length === 0)
    return (
      <p className="text-sm text-ink-muted">
        No connected apps yet. Apps that you allow to access your account appear here.
      </p>
    );
  return (
    <ul className="-my-5 divide-y divide-line">
      {connected.map((client) => (
        <ConnectedRow key={client.clientId} app={app} client={client} scopes={scopes} />
      ))}
    </ul>
  );
}

function ConnectedRow({ app, client, scopes }: { app: App; client: ConnectedApp; scopes: Map<string, Scope> }) {
  const site = hostOf(client.siteUrl);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 py-5">
      <Avatar name={client.name} logoUrl={client.logoUrl} shape="square" />
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <h3 className="font-medium">
          <IsolatedText>{client.name}</IsolatedText>
        </h3>
        {site && (
          <p className="text-ink-muted">
            <LtrText>{site}</LtrText>
          </p>
        )}
        <ul className="mt-2 grid list-disc gap-0.5 pl-4 marker:text-ink-muted">
          {[...scopes.values()]
            .filter(({ name }) => client.scopes.includes(name))
            .map(({ name, description }) => (
              <li key={name}>
                <IsolatedText>{description}</IsolatedText>
              </li>
            ))}
        </ul>
        <p className="mt-2 text-ink-muted">
          Connected <RelativeTime at={client.since} /> ·{" "}
          {client.lastUsedAt ? (
            <>
              last used <RelativeTime at={client.lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </p>
      </div>
      <PostForm app={app} path="account/disconnect" hidden={{ client: client.clientId }} className="max-sm:ml-14">
        <Button type="submit" variant="secondary" size="sm" aria-label={`Disconnect ${client.name}`}>
          Disconnect
        </Button>
      </PostForm>
    </li>
  );
}
