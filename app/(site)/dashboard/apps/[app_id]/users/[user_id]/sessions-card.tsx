// Where the user is signed in.
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { listSessions } from "@/lib/sessions/list";
import { parseUserAgent } from "@/lib/text/user-agent";
import { revokeAllSessionsAction, revokeSessionAction } from "./actions";
import type { UserCardProps } from "./card-props";

type Session = Awaited<ReturnType<typeof listSessions>>[number];

export function SessionsCard({ sessions, hidden, readOnly }: UserCardProps & { sessions: Session[] }) {
  return (
    <Card title="Sessions" actions={!readOnly && sessions.length > 1 && <EndAll hidden={hidden} />}>
      {sessions.length === 0 ? (
        <p className="text-sm text-ink-muted">Not signed in anywhere.</p>
      ) : (
        <ul className="-my-3 max-h-96 divide-y divide-line overflow-y-auto">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
              <SessionLine session={session} />
              {!readOnly && (
                <Form
                  action={revokeSessionAction}
                  hidden={{ app_id: hidden.app_id, session_id: session.id }}
                  success="The session was ended"
                >
                  <SubmitButton variant="quiet" size="sm" aria-label={`End the session: ${deviceName(session)}`}>
                    End
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

/** Of a session by API the user agent is often that of the App's backend. */
function deviceName({ userAgent, kind }: Session): string {
  const { name } = parseUserAgent(userAgent);
  return name === "Unknown device" && kind === "api" ? "By your backend" : name;
}

function SessionLine({ session }: { session: Session }) {
  return (
    <div className="min-w-0 flex-1 basis-40">
      <p className="font-medium" title={session.userAgent ?? undefined}>
        {deviceName(session)}
      </p>
      <p className="break-words text-ink-muted">
        {session.ip ?? "Unknown address"} · seen <RelativeTime at={session.lastSeenAt} />
      </p>
    </div>
  );
}

function EndAll({ hidden }: Pick<UserCardProps, "hidden">) {
  return (
    <ConfirmDialog
      trigger="End all"
      triggerProps={{ variant: "secondary", size: "sm" }}
      title="End all sessions?"
      action={revokeAllSessionsAction}
      hidden={hidden}
      confirm="End all sessions"
      success="All sessions were ended"
    >
      <p>
        The user has to sign in again everywhere, and apps they connected lose their access. Tokens that are out there
        run out by themselves within their lifetime.
      </p>
    </ConfirmDialog>
  );
}
