// Where the user is signed in, this browser first.
import { Monitor, Smartphone } from "lucide-react";
import { Badge } from "@/app/_ui/badge";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { App } from "@/lib/apps/apps";
import type { listSessions } from "@/lib/sessions/list";
import { deviceOf } from "@/lib/text/device";
import { PostForm } from "../form";
import { IsolatedText } from "../isolated-text";

type Session = Awaited<ReturnType<typeof listSessions>>[number];

/** `present`: the id of the session that looks. */
export function SessionList({ app, sessions, present }: { app: App; sessions: Session[]; present: string }) {
  const ordered = [...sessions].sort((a, b) => Number(b.id === present) - Number(a.id === present));
  return (
    <ul className="-my-4 divide-y divide-line">
      {ordered.map((session) => (
        <SessionRow key={session.id} app={app} session={session} present={session.id === present} />
      ))}
    </ul>
  );
}

function SessionRow({ app, session, present }: { app: App; session: Session; present: boolean }) {
  const device = deviceOf(session.userAgent);
  const { mobile } = device;
  // A sign-in by the App's own backend, which did not say for which device.
  const name = session.kind === "api" && !session.userAgent ? `Through ${app.name}` : device.name;
  const Icon = mobile ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-4 py-4">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" strokeWidth={1.5} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          <span title={session.userAgent ?? undefined} className="min-w-0">
            <IsolatedText>{name}</IsolatedText>
          </span>
          {present && <Badge tone="success">This device</Badge>}
        </p>
        <p className="mt-0.5 wrap-anywhere text-ink-muted">
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
        <PostForm app={app} path="account/sessions" hidden={{ session: session.id }}>
          <Button type="submit" variant="secondary" size="sm" aria-label={`End the session: ${name}`}>
            End
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
        End all others
      </Button>
    </PostForm>
  );
}
