// Applications (OAuth clients) that the user gave access to.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import type { ConnectedApp } from "@/lib/oauth/consent";
import { clientPath } from "../../clients/client-path";
import { disconnectAction } from "./actions";
import type { UserCardProps } from "./card-props";

type ConnectedApplicationsCardProps = Pick<UserCardProps, "hidden" | "readOnly"> & { connected: ConnectedApp[] };

export function ConnectedApplicationsCard({ connected, hidden, readOnly }: ConnectedApplicationsCardProps) {
  return (
    <Card title="Connected applications">
      {connected.length === 0 ? (
        <p className="text-sm text-ink-muted">No connected applications.</p>
      ) : (
        <ul className="-my-3 max-h-96 divide-y divide-line overflow-y-auto">
          {connected.map((client) => (
            <li key={client.clientId} className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-40">
                <p dir="auto" className="font-medium break-words">
                  <TextLink href={clientPath(hidden.app_id, client.clientId)} className="no-underline">
                    {client.name}
                  </TextLink>
                </p>
                <p className="text-ink-muted break-words">
                  <span className="font-mono text-xs">{client.scopes.join(" ")}</span>
                </p>
                <p className="text-ink-muted">
                  Connected <RelativeTime at={client.since} />
                  {client.lastUsedAt && (
                    <>
                      {" "}
                      · last used <RelativeTime at={client.lastUsedAt} />
                    </>
                  )}
                </p>
              </div>
              {!readOnly && (
                <ConfirmDialog
                  trigger="Disconnect"
                  triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Disconnect ${client.name}` }}
                  title={`Disconnect ${client.name}?`}
                  action={disconnectAction}
                  hidden={{ ...hidden, client_id: client.clientId }}
                  confirm="Disconnect application"
                  success="Application disconnected"
                >
                  <p>
                    This revokes all tokens of the application. The user must give consent again before it regains
                    access.
                  </p>
                </ConfirmDialog>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
