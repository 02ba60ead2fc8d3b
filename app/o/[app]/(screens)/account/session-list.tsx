// Active sessions of the user, the current one first.
import { Monitor, Smartphone } from "lucide-react";
import { Badge } from "@/app/_ui/badge";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { App } from "@/lib/apps/apps";
import type { listSessions } from "@/lib/sessions/list";
import { parseUserAgent } from "@/lib/text/user-agent";
import { PostForm } from "../form";
import { IsolatedText } from "../isolated-text";

type Session = Awaited<ReturnType<typeof listSessions>>[number];

type SessionListProps = { app: App; sessions: Session[]; currentId: string };

export function SessionList({ app, sessions, currentId }: SessionListProps) {
  const ordered = [...sessions].sort((a, b) => Number(b.id === currentId) - Number(a.id === currentId));
  return (
    <ul className="-my-4 divide-y divide-line">
      {ordered.map((session) => (
        <SessionRow key={session.id} app={app} session={session} isCurrent={session.id === currentId} />
      ))}
    </ul>
  );
}

function SessionRow({ app, session, isCurrent }: { app: App; session: Session; isCurrent: boolean }) {
  const device = parseUserAgent(session.userAgent);
  const { mobile } = device;
  // The App's backend signed the user in and did not send a user agent.
  const name = session.kind === "api" && !session.userAgent ? `Via ${app.name}` : device.name;
  const Icon = mobile ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-4 py-4">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" strokeWidth={1.5} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          <span title={session.userAgent ?? undefined} className="min-w-0">
            <IsolatedText>{name}</IsolatedText>
          </span>
          {isCurrent && <Badge tone="success">This device</Badge>}
        </p>
        <p className="mt-0.5 wrap-anywhere text-ink-muted">
          {session.ip ?? "Unknown IP address"} · signed in <RelativeTime at={session.createdAt} />
          {!isCurrent && (
            <>
              {" "}
              · last active <RelativeTime at={session.lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {!isCurrent && (
        <PostForm app={app} path="account/sessions" hidden={{ session: session.id }}>
          <Button type="submit" variant="secondary" size="sm" aria-label={`Sign out: ${name}`}>
            Sign out
          </Button>
        </PostForm>
      )}
    </li>
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
