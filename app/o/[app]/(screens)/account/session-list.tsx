// Active sessions of the user, the current one first.
import { Button } from "@/app/_ui/button";
import { type ListedSession, SessionItem, sortSessions } from "@/app/_ui/session-item";
import type { App } from "@/lib/apps/apps";
import { parseUserAgent } from "@/lib/text/user-agent";
import { PostForm } from "../form";
import { IsolatedText } from "../isolated-text";

type SessionListProps = { app: App; sessions: ListedSession[]; currentId: string };

export function SessionList({ app, sessions, currentId }: SessionListProps) {
  return (
    <ul className="-my-4 divide-y divide-line">
      {sortSessions(sessions, currentId).map((session) => (
        <SessionRow key={session.id} app={app} session={session} isCurrent={session.id === currentId} />
      ))}
    </ul>
  );
}

function SessionRow({ app, session, isCurrent }: { app: App; session: ListedSession; isCurrent: boolean }) {
  // The App's backend signed the user in and did not send a user agent.
  const name =
    session.kind === "api" && !session.userAgent ? `Via ${app.name}` : parseUserAgent(session.userAgent).name;
  const action = (
    <PostForm app={app} path="account/sessions" hidden={{ session: session.id }}>
      <Button type="submit" variant="secondary" size="sm" aria-label={`Sign out: ${name}`}>
        Sign out
      </Button>
    </PostForm>
  );
  return (
    <SessionItem session={session} name={<IsolatedText>{name}</IsolatedText>} isCurrent={isCurrent} action={action} />
  );
}

export function SignOutOthers({ app }: { app: App }) {
  return (
    <PostForm app={app} path="account/sessions" hidden={{ session: "others" }}>
      <Button type="submit" variant="secondary" size="sm">
        Sign out all other sessions
      </Button>
    </PostForm>
  );
}
