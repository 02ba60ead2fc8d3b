// Connected applications, agents and devices, with what they can do. Each can be disconnected.

import { Avatar } from "@/app/_ui/avatar";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { withParameters } from "@/lib/hosted/client-response";
import type { Connection } from "@/lib/oauth/connections";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { hostOfApplication } from "../consent/redirect-target";
import { PostForm } from "../form";
import { IsolatedText, LtrText } from "../isolated-text";

type ConnectedAppsProps = { app: App; connected: Connection[]; scopes: Map<string, Scope> };

export function ConnectedApps({ app, connected, scopes }: ConnectedAppsProps) {
  if (connected.length === 0)
    return (
      <p className="text-sm text-ink-muted">
        No connected apps yet. Apps, agents and devices that you allow to access your account appear here.
      </p>
    );
  return (
    <ul className="-my-5 divide-y divide-line">
      {connected.map((connection) => (
        <ConnectedRow
          key={`${connection.clientId} ${connection.device}`}
          app={app}
          connection={connection}
          scopes={scopes}
        />
      ))}
    </ul>
  );
}

type ConnectedRowProps = { app: App; connection: Connection; scopes: Map<string, Scope> };

function ConnectedRow({ app, connection, scopes }: ConnectedRowProps) {
  const { clientId, name, device, logoUrl, grantIds } = connection;
  const host = hostOfApplication(connection);
  const label = device === null ? name : `${name} on ${device}`;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 py-5">
      <Avatar name={name} logoUrl={logoUrl} shape="square" />
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <h3 className="font-medium">
          <IsolatedText>{name}</IsolatedText>
          {device !== null && (
            <>
              {" "}
              on <IsolatedText>{device}</IsolatedText>
            </>
          )}
        </h3>
        {host && (
          <p className="text-ink-muted">
            <LtrText>{host}</LtrText>
          </p>
        )}
        <ul className="mt-2 grid list-disc gap-0.5 pl-4 marker:text-ink-muted">
          {[...scopes.values()]
            .filter((scope) => connection.scopes.includes(scope.name))
            .map((scope) => (
              <li key={scope.name}>
                <IsolatedText>{scope.description}</IsolatedText>
              </li>
            ))}
        </ul>
        <Times app={app} connection={connection} />
      </div>
      <PostForm app={app} path="account/disconnect" hidden={{ client: clientId }} className="max-sm:ml-14">
        {grantIds.map((id) => (
          <input key={id} type="hidden" name="grant" value={id} />
        ))}
        <Button type="submit" variant="secondary" size="sm" aria-label={`Disconnect ${label}`}>
          Disconnect
        </Button>
      </PostForm>
    </li>
  );
}

function Times({ app, connection: { since, lastUsedAt, initiateLoginUri } }: { app: App; connection: Connection }) {
  return (
    <p className="mt-2 text-ink-muted">
      Connected <RelativeTime at={since} /> ·{" "}
      {lastUsedAt ? (
        <>
          last used <RelativeTime at={lastUsedAt} />
        </>
      ) : (
        "never used"
      )}
      {initiateLoginUri && (
        <>
          {" · "}
          {/* OIDC Core §4: the issuer says where the sign-in starts. */}
          <TextLink href={withParameters(initiateLoginUri, { iss: app.issuer }, "query")} rel="noreferrer">
            Open
          </TextLink>
        </>
      )}
    </p>
  );
}
