// The developer's active sessions, the current one first.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { type ListedSession, SessionItem, sortSessions } from "@/app/_ui/session-item";
import { SubmitButton } from "@/app/_ui/submit-button";
import { parseUserAgent } from "@/lib/text/user-agent";
import { signOutOtherSessionsAction, signOutSessionAction } from "./actions";

export function SessionList({ sessions, currentId }: { sessions: ListedSession[]; currentId: string }) {
  return (
    <ul className="-my-4 divide-y divide-line">
      {sortSessions(sessions, currentId).map((session) => {
        const { name } = parseUserAgent(session.userAgent);
        return (
          <SessionItem
            key={session.id}
            session={session}
            name={name}
            isCurrent={session.id === currentId}
            action={<SignOutSession sessionId={session.id} device={name} />}
          />
        );
      })}
    </ul>
  );
}

function SignOutSession({ sessionId, device }: { sessionId: string; device: string }) {
  return (
    <Form action={signOutSessionAction} hidden={{ session_id: sessionId }} success="Session signed out">
      <SubmitButton variant="secondary" size="sm" aria-label={`Sign out: ${device}`}>
        Sign out
      </SubmitButton>
    </Form>
  );
}

export function SignOutOtherSessions() {
  return (
    <ConfirmDialog
      trigger="Sign out other sessions"
      triggerProps={{ size: "sm" }}
      title="Sign out all other sessions?"
      action={signOutOtherSessionsAction}
      confirm="Sign out other sessions"
      success="Other sessions signed out"
    >
      <p>You’ll have to sign in again on every other device. This session stays active.</p>
    </ConfirmDialog>
  );
}
