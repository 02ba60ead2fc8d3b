// Active sessions of the user.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { ListedSession } from "@/app/_ui/session-item";
import { SubmitButton } from "@/app/_ui/submit-button";

import { parseUserAgent } from "@/lib/text/user-agent";
import { revokeAllSessionsAction, revokeSessionAction } from "./actions";
import type { UserCardProps } from "./card-props";

export function SessionsCard({ sessions, hidden, readOnly }: UserCardProps & { sessions: ListedSession[] }) {
  return (
    <Card title="Sessions" actions={!readOnly && sessions.length > 1 && <RevokeAll hidden={hidden} />}>
      {sessions.length === 0 ? (
        <p className="text-sm text-ink-muted">No active sessions.</p>
      ) : (
        <ul className="-my-3 max-h-96 divide-y divide-line overflow-y-auto">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
              <SessionLine session={session} />
              {!readOnly && (
                <Form
                  action={revokeSessionAction}
                  hidden={{ app_id: hidden.app_id, session_id: session.id }}
                  success="Session revoked"
                >
                  <SubmitButton variant="quiet" size="sm" aria-label={`Revoke session: ${deviceName(session)}`}>
                    Revoke
                  </SubmitButton>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Sessions of the API often have no user agent, since the app's backend creates them. */
function deviceName({ userAgent, kind }: ListedSession): string {
  const { name } = parseUserAgent(userAgent);
  return name === "Unknown device" && kind === "api" ? "Your backend" : name;
}

function SessionLine({ session }: { session: ListedSession }) {
  return (
    <div className="min-w-0 flex-1 basis-40">
      <p className="font-medium" title={session.userAgent ?? undefined}>
        {deviceName(session)}
      </p>
      <p className="break-words text-ink-muted">
        {session.ip ?? "Unknown IP address"} · last active <RelativeTime at={session.lastSeenAt} />
      </p>
    </div>
  );
}

function RevokeAll({ hidden }: Pick<UserCardProps, "hidden">) {
  return (
    <ConfirmDialog
      trigger="Revoke all"
      triggerProps={{ variant: "secondary", size: "sm" }}
      title="Revoke all sessions?"
      action={revokeAllSessionsAction}
      hidden={hidden}
      confirm="Revoke all sessions"
      success="All sessions revoked"
    >
      <p>
        The user is signed out everywhere, and connected applications lose access. Services that verify tokens locally
        accept existing access tokens until they expire.
      </p>
    </ConfirmDialog>
  );
}
