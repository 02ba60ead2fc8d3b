// Linked accounts: the accounts at social providers that the user can sign in with.
import { Button } from "@/app/_ui/button";
import { ProviderLogo } from "@/app/_ui/provider-logo";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { App } from "@/lib/apps/apps";
import { type Connection, listEnabledConnections } from "@/lib/social/connections";
import { type LinkedAccount, listLinkedAccounts } from "@/lib/social/identities";
import { hasAnotherWayIn, listWaysIn } from "@/lib/users/ways-in";
import { PostForm } from "../form";
import { IsolatedText, LtrText } from "../isolated-text";
import { Section } from "./section";

/** Renders nothing if the App has no connection and the user has no linked account. */
export async function LinkedAccounts({ app, userId }: { app: App; userId: string }) {
  const [ways, accounts, connections] = await Promise.all([
    listWaysIn(app, userId),
    listLinkedAccounts(app.id, userId),
    listEnabledConnections(app.id),
  ]);
  const linked = new Set(accounts.map(({ connection }) => connection));
  const more = connections.filter(({ connection }) => !linked.has(connection));
  if (accounts.length + more.length === 0) return null;
  return (
    <Section title="Linked accounts" description="You can sign in with any linked account.">
      <ul className="-my-4 divide-y divide-line">
        {accounts.map((account) => (
          <LinkedRow
            key={account.id}
            app={app}
            account={account}
            mayUnlink={hasAnotherWayIn(ways, { identity: account.id })}
          />
        ))}
        {more.map((connection) => (
          <UnlinkedRow key={connection.connection} app={app} connection={connection} />
        ))}
      </ul>
    </Section>
  );
}

function UnlinkedRow({ app, connection: { connection, provider, label } }: { app: App; connection: Connection }) {
  return (
    <li className="flex items-center gap-x-4 py-4">
      <ProviderIcon provider={provider} />
      <h3 className="min-w-0 flex-1 text-sm font-medium">
        <IsolatedText>{label}</IsolatedText>
      </h3>
      <PostForm app={app} path="account/link" hidden={{ connection }}>
        <Button type="submit" variant="secondary" size="sm" aria-label={`Link ${label}`}>
          Link
        </Button>
      </PostForm>
    </li>
  );
}

type LinkedRowProps = { app: App; account: LinkedAccount; mayUnlink: boolean };

function LinkedRow({ app, account, mayUnlink: may }: LinkedRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <ProviderIcon provider={account.provider} />
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <h3 className="font-medium">
          <IsolatedText>{account.label}</IsolatedText>
        </h3>
        <p className="text-ink-muted">
          {account.email && (
            <>
              <LtrText>{account.email}</LtrText> ·{" "}
            </>
          )}
          linked <RelativeTime at={account.createdAt} />
        </p>
        {!account.usable && <p className="text-ink-muted">Sign-in with this account is currently disabled.</p>}
      </div>
      {may ? (
        <PostForm app={app} path="account/unlink" hidden={{ identity: account.id }} className="max-sm:ml-14">
          <Button type="submit" variant="secondary" size="sm" aria-label={`Unlink ${account.label}`}>
            Unlink
          </Button>
        </PostForm>
      ) : (
        <p className="text-sm text-ink-muted max-sm:ml-14">Your only sign-in method</p>
      )}
    </li>
  );
}

function ProviderIcon({ provider }: { provider: LinkedAccount["provider"] }) {
  return (
    <span className="grid size-10 shrink-0 place-items-center rounded-md border border-line bg-surface-sunken">
      <ProviderLogo provider={provider} />
    </span>
  );
}
