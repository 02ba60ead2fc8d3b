// Where the developer is signed in, this browser first.
import { Monitor, Smartphone } from "lucide-react";
import { Badge } from "@/app/_ui/badge";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { listSessions } from "@/lib/sessions/list";
import { deviceOf } from "@/lib/text/device";
import { signOutOtherSessionsAction, signOutSessionAction } from "./actions";

type Session = Awaited<ReturnType<typeof listSessions>>[number];

/** `present`: the id of the session that looks. */
export function SessionList({ sessions, present }: { sessions: Session[]; present: string }) {
  const ordered = [...sessions].sort((a, b) => Number(b.id === present) - Number(a.id === present));
  return (
    <ul className="-my-4 divide-y divide-line">
      {ordered.map((session) => (
        <SessionRow key={session.id} session={session} present={session.id === present} />
      ))}
    </ul>
  );
}

function SessionRow({ session, present }: { session: Session; present: boolean }) {
  const device = deviceOf(session.userAgent);
  const Icon = device.mobile ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-4 py-4">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" strokeWidth={1.5} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm font-medium">
          <span title={session.userAgent ?? undefined}>{device.name}</span>
          {present && <Badge tone="success">This one</Badge>}
        </p>
        <p className="mt-0.5 text-sm break-words text-ink-muted">
          {session.ip ?? "Unknown address"} · signed in <RelativeTime at={session.createdAt} />
          {!present && (
            <>
              {" "}
              · last seen <RelativeTime at={session.lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {!present && (
        <Form action={signOutSessionAction} hidden={{ session_id: session.id }} success="The session was ended">
          <SubmitButton variant="secondary" size="sm" aria-label={`End the session: ${device.name}`}>
            End
          </SubmitButton>
        </Form>
      )}
    </li>
  );
}

export function EndOthers() {
  return (
    <ConfirmDialog
      trigger="End all others"
      triggerProps={{ size: "sm" }}
      title="End all other sessions?"
      action={signOutOtherSessionsAction}
      confirm="End all others"
      success="All other sessions were ended"
    >
      <p>Every other browser that is signed in with your account will have to log in again. This one stays.</p>
    </ConfirmDialog>
  );
}
